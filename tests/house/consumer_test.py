"""A small project builds and runs with libbgp: installed, by CMake and by pkg-config, or with the source tree inside.

usage: consumer_test.py installed|subproject BUILD_DIR COMPILER

What is installed is what BUILD_DIR has built. The subproject builds the two lowest layers from source, beside BUILD_DIR
and with its options, so that the compiler cache has them already (ccache: CMAKE_CXX_COMPILER_LAUNCHER).
"""
import glob
import os
import shlex
import shutil
import subprocess
import sys
import tempfile

import tree

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


def build_subproject(build, compiler):
    folder = os.path.join(os.path.dirname(build), "consumer")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        build_and_run(folder, compiler, ["core"], f"-DLIBBGP_SOURCE_DIR={tree.TOP}", *tree.options_of(build))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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


def build_installed(build, compiler):
    with tempfile.TemporaryDirectory(prefix="libbgp-consumer-") as folder:
        for component in ("libbgp", "libbgp-dev"):
            run("cmake", "--install", build, "--component", component, "--prefix", f"{folder}/installed",
                stdout=subprocess.DEVNULL)
        build_and_run(f"{folder}/build", compiler, ["core", "whole", "json", "testing"],
                      f"-DCMAKE_PREFIX_PATH={folder}/installed")
        check_pkgconfig(f"{folder}/installed", f"{folder}/build", compiler)


if __name__ == "__main__":
    {"installed": build_installed, "subproject": build_subproject}[sys.argv[1]](*sys.argv[2:])
