"""The Debian packages: what is in them, what lintian says, and what is built and runs with them.

usage: package_test.py COMPILER

The preset "package" is built: what "release" is, with shared libraries, so that the compiler cache has all but the links.
Exit 77: it can't be done here (ctest: skipped).
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import tree

COMPILER = sys.argv[1]
FOLDER = os.path.join(tree.TOP, "build/package")
LIBRARIES = ("wire", "session", "net", "json")


def run(*command, **more):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **more)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}: {done.returncode}\n{done.stdout[-8000:]}")
    return done.stdout


def build_packages():
    """The guide: cmake --workflow --preset package"""
    shutil.rmtree(FOLDER, ignore_errors=True)
    run("cmake", "--workflow", "--preset", "package", cwd=tree.TOP)
    return {os.path.basename(path).split("_")[0]: path for path in glob.glob(f"{FOLDER}/*.deb")}


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.debs = build_packages()
        cls.root = tempfile.mkdtemp(prefix="libbgp-packages-")
        cls.addClassCleanup(shutil.rmtree, cls.root)
        cls.addClassCleanup(shutil.rmtree, FOLDER)
        for deb in cls.debs.values():
            run("dpkg-deb", "--extract", deb, cls.root)
        (cls.libdir,) = (os.path.dirname(path) for path in glob.glob(f"{cls.root}/usr/lib/*/libbgp_wire.so"))
        cls.environment = {**os.environ, "LD_LIBRARY_PATH": cls.libdir}

    def files_of(self, package):
        listed = run("dpkg-deb", "--contents", self.debs[package])
        return {line.split()[5].removeprefix(".") for line in listed.splitlines() if not line.startswith("d")}

    def field(self, package, name):
        return run("dpkg-deb", "--field", self.debs[package], name).strip()

    def test_there_are_four_and_no_file_is_in_two(self):
        self.assertEqual(sorted(self.debs), ["bgpd", "libbgp", "libbgp-dev", "libbgp-tools"])
        files = [path for package in self.debs for path in self.files_of(package)]
        self.assertEqual(len(files), len(set(files)))

    def test_each_has_what_it_is_for(self):
        for package, patterns in {
            "libbgp": [rf"/usr/lib/[^/]+/libbgp_{layer}\.so\.\d+\.\d+" for layer in LIBRARIES],
            "libbgp-dev": [r"/usr/include/bgp/bgp\.hpp", r"/usr/include/bgp/export\.hpp", r".*/libbgp_net\.so",
                           r".*/libbgp_testing\.a", r".*/pkgconfig/libbgp\.pc", r".*/cmake/libbgp/libbgp-config\.cmake",
                           r"/usr/share/man/man3/libbgp\.3\.gz"],
            "bgpd": [r"/usr/sbin/bgpd", r".*/systemd/system/bgpd\.service", r"/usr/share/man/man8/bgpd\.8\.gz",
                     r"/usr/share/man/man5/bgpd\.toml\.5\.gz"],
            "libbgp-tools": [r"/usr/bin/bgpc", r"/usr/bin/bgpcap", r"/usr/bin/bgpsim", r".*/man1/bgpc\.1\.gz",
                             r".*/bash-completion/completions/bgpc", r".*/_bgpc", r".*/bgpc\.fish"],
        }.items():
            files = self.files_of(package)
            for pattern in patterns:
                self.assertTrue(any(re.fullmatch(pattern, path) for path in files), f"{package} has no {pattern}")
        self.assertFalse(any(path.endswith(".so") for path in self.files_of("libbgp")))

    def test_they_need_each_other_and_bgpd_is_there_once(self):
        version = self.field("libbgp", "Version")
        for package in ("libbgp-dev", "bgpd", "libbgp-tools"):
            self.assertIn(f"libbgp (= {version})", self.field(package, "Depends"))
        self.assertIn("libc6", self.field("libbgp", "Depends"))
        self.assertNotIn("libpcap", self.field("libbgp", "Depends"))
        self.assertIn("libpcap", self.field("libbgp-tools", "Depends"))
        self.assertIn("libboost", self.field("libbgp-dev", "Depends"))
        self.assertEqual(self.field("bgpd", "Conflicts"), "openbgpd")

    def test_lintian_has_nothing_to_say(self):
        if shutil.which("lintian") is None:
            self.skipTest("there is no lintian")
        said = run("lintian", "--allow-root", "--display-info", "--fail-on", "error,warning,info",
                   *sorted(self.debs.values()))
        self.assertEqual(said, "")

    # The guide: sudo apt install ./build/package/*.deb
    def test_apt_would_install_them(self):
        lists = run("apt-cache", "policy", "libspdlog1.10")
        if "Candidate: (none)" in lists or "Candidate" not in lists:
            self.skipTest("there are no package lists")
        said = run("apt-get", "--simulate", "install", "--no-install-recommends", *sorted(self.debs.values()))
        for package in self.debs:
            self.assertIn(f"Inst {package} ", said)

    def test_what_is_installed_runs(self):
        for program in ("sbin/bgpd", "bin/bgpc", "bin/bgpcap", "bin/bgpsim"):
            name = os.path.basename(program)
            said = run(f"{self.root}/usr/{program}", "--version", env=self.environment)
            self.assertTrue(said.startswith(f"{name} (libbgp) "), said)
            self.assertIn("libbgp_", run("ldd", f"{self.root}/usr/{program}", env=self.environment))

    def test_a_project_is_built_with_shared_libraries(self):
        with tempfile.TemporaryDirectory() as folder:
            run("cmake", "-S", f"{tree.TOP}/tests/house/consumer", "-B", folder, "-G", "Ninja",
                f"-DCMAKE_CXX_COMPILER={COMPILER}", f"-DCMAKE_PREFIX_PATH={self.root}/usr")
            run("cmake", "--build", folder, "--target", "core", "testing")
            for program in ("core", "testing"):
                run(f"{folder}/{program}", env=self.environment)
            self.assertIn("libbgp_session.so.0.1", run("ldd", f"{folder}/core", env=self.environment))

    def test_only_what_public_headers_declare_is_shown(self):
        shown = {layer: run("nm", "--dynamic", "--demangle", "--defined-only", f"{self.libdir}/libbgp_{layer}.so")
                 for layer in LIBRARIES}

        for layer, name in (("wire", "decode_open("), ("session", "Session::start("), ("net", "Speaker::listen(")):
            self.assertTrue(f" T bgp::{name}" in shown[layer], name)
        for layer, hidden in (("wire", "bgp::check_aigp("), ("net", "bgp::net::Listener::"), ("net", "bgp::net::Registry::")):
            built = run("nm", "--demangle", "--defined-only", f"{FOLDER}/libbgp/src/{layer}/libbgp_{layer}.so")
            self.assertTrue(hidden in built, f"{layer} has no {hidden} any more: name another")
            self.assertFalse(hidden in shown[layer], hidden)


def cannot():
    missing = [tool for tool in ("dpkg-deb", "dpkg-shlibdeps", "gzip", "scdoc") if shutil.which(tool) is None]
    return f"there is no {missing[0]}" if missing else ""


if __name__ == "__main__":
    if cannot():
        print(f"SKIPPED: {cannot()}")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
