"""A small project builds and runs with libbgp: installed, by CMake and by pkg-config, or with the source tree inside.

usage: consumer_test.py installed|subproject BUILD_DIR COMPILER

What is installed is what BUILD_DIR has built. The subproject builds the two lowest layers from source. Both are built
beside BUILD_DIR, the latter with its options, so that the compiler cache (ccache: CMAKE_CXX_COMPILER_LAUNCHER) has as much
as may be.
"""
import glob
import os
import re
import shlex
import shutil
import subprocess
import sys

import tree

DOCUMENTS = ("README.md", "docs/guide/json.md")  # each has a block of CMake that is built here
PROJECT = """cmake_minimum_required(VERSION 3.25)
project(mine LANGUAGES CXX)
add_executable(mine {source})
{block}"""
JOBS = str(os.cpu_count() or 1)


def run(*command, **more):
    print("+", shlex.join(command), flush=True)
    return subprocess.run(command, check=True, **more)


def build_and_run(folder, compiler, programs, *options):
    run("cmake", "-S", f"{tree.TOP}/tests/house/consumer", "-B", folder, "-G", "Ninja",
        f"-DCMAKE_CXX_COMPILER={compiler}", *options)
    run("cmake", "--build", folder, "--parallel", JOBS, "--target", *programs)
    for program in programs:
        run(f"{folder}/{program}")


def build_subproject(build, folder, compiler):
    build_and_run(folder, compiler, ["core"], f"-DLIBBGP_SOURCE_DIR={tree.TOP}", *tree.options_of(build))


def check_pkgconfig(installed, built, compiler):
    """Compiles one program by what pkg-config says, and links all; an installed tree may be moved."""
    moved = installed + "-moved"
    os.rename(installed, moved)
    (folder,) = glob.glob(f"{moved}/lib*/**/pkgconfig", recursive=True)
    environment = {**os.environ, "PKG_CONFIG_PATH": folder, "LD_LIBRARY_PATH": os.path.dirname(folder)}

    def flags(package, *what):
        done = run("pkg-config", *what, package, env=environment, stdout=subprocess.PIPE, text=True)
        return shlex.split(done.stdout)

    run(compiler, "-std=c++23", f"{tree.TOP}/tests/house/consumer/core.cpp", "-o", f"{built}/core-by-pkg-config",
        *flags("libbgp-session", "--cflags", "--libs"))
    for program, package in (("whole", "libbgp"), ("json", "libbgp-json"), ("testing", "libbgp-testing")):
        (object_file,) = glob.glob(f"{built}/CMakeFiles/{program}.dir/*.o")
        run(compiler, object_file, "-o", f"{built}/{program}-by-pkg-config", *flags(package, "--libs"))
    for program in ("core", "whole", "json", "testing"):
        run(f"{built}/{program}-by-pkg-config", env=environment)


def build_documents(installed, folder, compiler):
    for path in DOCUMENTS:
        (block,) = re.findall(r"^<!-- built by tests/house/consumer_test\.py -->\n```cmake\n(.*?)^```$",
                              tree.read(tree.TOP, path), re.DOTALL | re.MULTILINE)
        project = f"{folder}/{os.path.basename(path)}"
        tree.plant(project, "CMakeLists.txt", PROJECT.format(source=f"{tree.TOP}/tests/house/consumer/core.cpp", block=block))
        run("cmake", "-S", project, "-B", f"{project}/build", "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={compiler}",
            f"-DCMAKE_PREFIX_PATH={installed}")
        run("cmake", "--build", f"{project}/build")
        run(f"{project}/build/mine")


def build_installed(build, folder, compiler):
    installed, built = f"{folder}/installed", f"{folder}/build"
    for component in ("libbgp", "libbgp-dev"):
        run("cmake", "--install", build, "--component", component, "--prefix", installed, stdout=subprocess.DEVNULL)
    build_and_run(built, compiler, ["core", "whole", "json", "testing"], f"-DCMAKE_PREFIX_PATH={installed}")
    build_documents(installed, folder, compiler)
    check_pkgconfig(installed, built, compiler)


def main(how, build, compiler):
    folder = os.path.join(os.path.dirname(build), f"consumer-{how}")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        (build_installed if how == "installed" else build_subproject)(build, folder, compiler)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
