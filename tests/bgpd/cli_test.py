"""The command line of the real bgpd. usage: cli_test.py BGPD EXAMPLE [unittest arguments]"""
import os
import subprocess
import sys
import tempfile
import unittest

BGPD, EXAMPLE = sys.argv[1:3]
GOOD = '[global]\nasn = 65001\nrouter_id = "10.0.0.1"\n[[neighbor]]\naddress = "192.0.2.2"\nremote_asn = 65002\n'


def bgpd(*arguments, **options):
    return subprocess.run([BGPD, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60,
                          check=False, **options)


class CliTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "bgpd.toml")

    def write(self, text):
        with open(self.path, "w", encoding="utf-8") as f:
            f.write(text)

    def expect(self, result, status, out, err):
        self.assertEqual((result.returncode, result.stdout, result.stderr), (status, out, err))

    def test_check_counts_what_there_is(self):
        self.write(GOOD)
        self.expect(bgpd("--config", self.path, "--check"), 0, f"{self.path}: ok: 1 neighbor, 0 networks\n", "")

    def test_the_example_is_right(self):
        self.expect(bgpd("--config", EXAMPLE, "--check"), 0, f"{EXAMPLE}: ok: 3 neighbors, 2 networks\n", "")

    def test_check_reports_every_problem(self):
        self.write(GOOD + "hold_tme = 9\nhold_time = 2\n")
        self.expect(bgpd("-c", self.path, "--check"), 2, "",
                    f'{self.path}:7:1: [neighbor] hold_tme: unknown key; did you mean "hold_time"?\n'
                    f"{self.path}:8:13: [neighbor] hold_time = 2: must be 0 or 3 to 65535 (seconds)\n")

    def test_a_wrong_configuration_is_not_run(self):
        self.write("[global]\n")
        result = bgpd("--config", self.path)
        self.assertEqual(result.returncode, 2)
        self.assertIn(f"{self.path}:1:1: [global] asn: missing", result.stderr)

    def test_print_config_is_a_configuration(self):
        self.write(GOOD)
        first = bgpd("--config", self.path, "--print-config")
        self.assertEqual((first.returncode, first.stderr), (0, ""))
        self.assertIn("\nconnect_retry_time = 120\n", first.stdout)
        self.write(first.stdout)
        self.expect(bgpd("--config", self.path, "--print-config"), 0, first.stdout, "")

    def test_missing_file(self):
        self.expect(bgpd("--config", "/nonexistent/bgpd.toml"), 2, "",
                    "bgpd: /nonexistent/bgpd.toml: cannot be read: No such file or directory\n"
                    "Name a file with --config FILE; bgpd.toml.example shows what stands in it.\n")

    def test_unknown_arguments(self):
        hint = "Run bgpd --help for what there is.\n"
        self.expect(bgpd("--chek"), 2, "", "bgpd: --chek: unknown argument; did you mean --check?\n" + hint)
        self.expect(bgpd("start"), 2, "", "bgpd: start: unknown argument\n" + hint)
        self.expect(bgpd("--log-level", "loud"), 2, "",
                    'bgpd: --log-level: must be debug, info, warning or error, not "loud"\n' + hint)
        self.expect(bgpd("--check", "--print-config"), 2, "",
                    "bgpd: --check and --print-config do not go together\n" + hint)
        self.assertEqual(bgpd("--config").returncode, 2)

    def test_version(self):
        result = bgpd("--version")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertRegex(result.stdout, r"^bgpd \(libbgp\) \d+\.\d+\.\d+\n$")

    def test_help_has_options_examples_and_exit_status(self):
        for flag in ("--help", "-h"):
            result = bgpd(flag)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            for word in ("--config", "--check", "--print-config", "--log-level", "--version", "Examples:",
                         "Exit status:", "/etc/libbgp/bgpd.toml", "SIGUSR1"):
                self.assertIn(word, result.stdout)
            self.assertTrue(result.stdout.endswith(".\n"))

    def test_full_output_device_is_a_failure(self):
        self.write(GOOD)
        with open("/dev/full", "w", encoding="utf-8") as full:
            result = subprocess.run([BGPD, "--config", self.path, "--check"], stdout=full, stderr=subprocess.PIPE,
                                    timeout=60, check=False)
        self.assertEqual(result.returncode, 1)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
