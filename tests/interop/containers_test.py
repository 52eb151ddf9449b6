"""The lab of docs/guide/lab in containers, by tools/demo --containers, with the bgpd that is built already.

usage: containers_test.py BUILD_DIR

LIBBGP_BASE in the environment names a base image with Debian 12; without it one of debootstrap is made, once, as
localhost/libbgp-base:bookworm. Exit 77: it can't be done here (ctest: skipped).
"""
import os
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OWN_BASE = "localhost/libbgp-base:bookworm"
SECONDS_FOR_BASE = 120
SKIPPED = 77


def skipped(reason):
    print(f"SKIPPED: {reason}")
    return SKIPPED


def engine():
    for program in ("podman", "docker"):
        if shutil.which(program) and subprocess.run([program, "ps"], capture_output=True, check=False).returncode == 0:
            return program
    return None


def make_base(program, folder):
    """True if OWN_BASE is there, made if need be."""
    if subprocess.run([program, "image", "inspect", OWN_BASE], capture_output=True, check=False).returncode == 0:
        return True
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        return False
    script = (f"debootstrap --variant=minbase --include=iproute2,procps bookworm {folder}/root && "
              f"tar -C {folder}/root --exclude='./proc/*' --exclude='./sys/*' -c . | {program} import - {OWN_BASE}")
    try:
        return subprocess.run(["bash", "-o", "pipefail", "-c", script], check=False, stdout=subprocess.DEVNULL,
                              timeout=SECONDS_FOR_BASE).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def make_context(build, folder):
    """What bgpd/Containerfile needs, with what it would build."""
    os.makedirs(f"{folder}/bgpd")
    for name in ("Containerfile", "container_build.sh"):
        shutil.copy(f"{TOP}/bgpd/{name}", f"{folder}/bgpd")
    for component in ("bgpd", "tools"):
        subprocess.run(["cmake", "--install", build, "--component", component, "--prefix", "/usr", "--strip"],
                       env={**os.environ, "DESTDIR": f"{folder}/prebuilt"}, check=True, stdout=subprocess.DEVNULL)


def main(build):
    program = engine()
    if program is None:
        return skipped("neither podman nor docker answers here")
    with tempfile.TemporaryDirectory(prefix="libbgp-containers-") as folder:
        base = os.environ.get("LIBBGP_BASE")
        if not base and not make_base(program, folder):
            return skipped("there is no LIBBGP_BASE, and no base image could be made (debootstrap, as root)")
        make_context(build, f"{folder}/context")
        environment = {**os.environ, "LIBBGP_BASE": base or OWN_BASE, "LIBBGP_CONTEXT": f"{folder}/context"}
        return subprocess.run([f"{TOP}/tools/demo", "--containers"], env=environment,
                              check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
