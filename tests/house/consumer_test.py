"""A small program builds and runs against libbgp, installed or as a subproject.

usage: consumer_test.py installed|subproject BUILD_DIR COMPILER

A compiler launcher (ccache) is taken from the environment, CMAKE_CXX_COMPILER_LAUNCHER.
"""
import os
import subprocess
import sys
import tempfile

import tree


def run(*command):
    print("+", " ".join(command), flush=True)
    subprocess.run(command, check=True)


def main(how, build, compiler):
    with tempfile.TemporaryDirectory(prefix="libbgp-consumer-") as folder:
        if how == "installed":
            run("cmake", "--install", build, "--component", "libbgp", "--prefix", f"{folder}/installed")
            where = f"-DCMAKE_PREFIX_PATH={folder}/installed"
        else:
            where = f"-DLIBBGP_SOURCE_DIR={tree.TOP}"
        run("cmake", "-S", f"{tree.TOP}/tests/house/consumer", "-B", f"{folder}/build", "-G", "Ninja",
            f"-DCMAKE_CXX_COMPILER={compiler}", where)
        run("cmake", "--build", f"{folder}/build", "--parallel", str(os.cpu_count() or 1))
        run(f"{folder}/build/core")
        run(f"{folder}/build/whole")
        run(f"{folder}/build/json")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
