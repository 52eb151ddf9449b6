"""A small program builds and runs against libbgp, installed or as a subproject.

usage: consumer_test.py installed|subproject BUILD_DIR COMPILER

A compiler launcher (ccache) is taken from the environment, CMAKE_CXX_COMPILER_LAUNCHER. The subproject is built beside
BUILD_DIR and with its options, so that the cache has most of it already.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

import tree


def run(*command):
    print("+", " ".join(command), flush=True)
    subprocess.run(command, check=True)


def options_of(build):
    """Those of a build folder that its commands are made of."""
    with open(os.path.join(build, "CMakeCache.txt"), encoding="utf-8") as file:
        cache = dict(re.findall(r"^(\w+):\w+=(.*)$", file.read(), re.MULTILINE))
    kind = cache["CMAKE_BUILD_TYPE"]
    names = ("CMAKE_BUILD_TYPE", "CMAKE_CXX_FLAGS", f"CMAKE_CXX_FLAGS_{kind.upper()}", "BGP_WERROR")
    return [f"-D{name}={cache[name]}" for name in names if name in cache]


def build_subproject(build, compiler):
    folder = os.path.join(os.path.dirname(build), "consumer")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        build_and_run(folder, compiler, f"-DLIBBGP_SOURCE_DIR={tree.TOP}", *options_of(build))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def build_installed(build, compiler):
    with tempfile.TemporaryDirectory(prefix="libbgp-consumer-") as folder:
        run("cmake", "--install", build, "--component", "libbgp", "--prefix", f"{folder}/installed")
        build_and_run(f"{folder}/build", compiler, f"-DCMAKE_PREFIX_PATH={folder}/installed")


def build_and_run(folder, compiler, *options):
    run("cmake", "-S", f"{tree.TOP}/tests/house/consumer", "-B", folder, "-G", "Ninja",
        f"-DCMAKE_CXX_COMPILER={compiler}", *options)
    run("cmake", "--build", folder, "--parallel", str(os.cpu_count() or 1))
    for program in ("core", "whole", "json"):
        run(f"{folder}/{program}")


def main(how, build, compiler):
    (build_installed if how == "installed" else build_subproject)(build, compiler)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
