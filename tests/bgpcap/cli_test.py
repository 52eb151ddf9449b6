"""The command line of the real bgpcap. usage: cli_test.py BGPCAP VECTORS [unittest arguments]"""
import glob
import json
import os
import subprocess
import sys
import tempfile
import unittest

BGPCAP, VECTORS = sys.argv[1:3]
CAPTURE = os.path.join(os.path.dirname(__file__), "../../pcaps/bird-plain.pcap")
KEEPALIVE = "ff" * 16 + "001304"
HINT = "Run bgpcap --help for what there is.\n"


def bgpcap(*arguments, **options):
    return subprocess.run([BGPCAP, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60,
                          check=False, **options)


class Cli(unittest.TestCase):
    def expect(self, result, status, out, err=""):
        self.assertEqual((result.returncode, result.stdout, result.stderr), (status, out, err))


class Decode(Cli):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_octets_from_the_command_line_in_any_portions(self):
        self.expect(bgpcap("decode", "--hex", KEEPALIVE), 0, "KEEPALIVE, 19 octets\n")
        self.expect(bgpcap("decode", "--hex", "ff " * 16, "00", "13", "04"), 0, "KEEPALIVE, 19 octets\n")

    def test_octets_from_standard_input(self):
        for arguments in (("--hex",), ("--hex", "-")):
            self.expect(bgpcap("decode", *arguments, input=KEEPALIVE + "\n" + KEEPALIVE), 0,
                        "KEEPALIVE, 19 octets\nKEEPALIVE, 19 octets\n")

    def test_json(self):
        self.expect(bgpcap("decode", "-j", "--hex", KEEPALIVE), 0, '{"type":"KEEPALIVE","length":19}\n')

    def test_garbage_is_status_1_with_its_notification(self):
        self.expect(bgpcap("decode", "--hex", "00" * 19), 1,
                    "error at octet 0: NOTIFICATION 1/1 Message Header Error/Connection Not Synchronized\n")

    def test_the_context_decides(self):
        update = "ff" * 16 + "00330200000018" + "40010100" + "4002040201fdea" + "400304c0000202" + "80040400000005" + \
            "180a0a0a"
        update = update.replace("00330200000018", "00340200000019")
        self.assertIn("as-path 65002", bgpcap("decode", "--as2", "--hex", update).stdout)
        self.assertIn("treat-as-withdraw AS_PATH", bgpcap("decode", "--hex", update).stdout)

    def test_filter_is_for_octets_too(self):
        update = "ff" * 16 + "00170200000000"
        result = bgpcap("decode", "--filter", "type=update", "--hex", KEEPALIVE, update)
        self.expect(result, 0, "UPDATE, 23 octets\n  end-of-rib ipv4-unicast\n")
        path = os.path.join(self.folder, "octets.hex")
        with open(path, "w", encoding="ascii") as f:
            f.write(KEEPALIVE + "\n" + update)
        self.expect(bgpcap("decode", path, "--filter", "type=keepalive"), 0, "KEEPALIVE, 19 octets\n")
        self.expect(bgpcap("decode", path, "--filter", "peer=192.0.2.1"), 2, "",
                    f"bgpcap: --filter peer=: these are octets of messages, without peers\n{HINT}")

    def test_colors_are_for_terminals(self):
        in_color = "\033[2mKEEPALIVE, 19 octets\033[0m"
        arguments = ("decode", "--hex", KEEPALIVE)
        self.expect(bgpcap(*arguments, "--color", "always"), 0, in_color + "\n")
        self.expect(bgpcap(*arguments), 0, "KEEPALIVE, 19 octets\n")
        for more, expected in ((), in_color), (("--color", "never"), "KEEPALIVE, 19 octets"):
            ours, its = os.openpty()
            subprocess.run([BGPCAP, *arguments, *more], stdout=its, timeout=60, check=True)
            os.close(its)
            self.assertEqual(os.read(ours, 1000).decode(), expected + "\r\n")
            os.close(ours)
        result = bgpcap("decode", CAPTURE, "--color", "always", "--filter", "type=open")
        self.assertEqual(result.stdout.count("\033[1;32mOPEN, "), 2)

    def test_options_that_do_not_fit_the_file(self):
        self.expect(bgpcap("decode", CAPTURE, "--local-as", "1"), 2, "",
                    f"bgpcap: {CAPTURE}: a capture has both ends of its sessions; --local-as, --peer-as, --local-id and "
                    f"--extended are for octets\n{HINT}")
        message = "000000010011000500000015" + "0000fde90000fdea00000001" + "c0000201c0000202" + "00010006"
        path = os.path.join(self.folder, "state.mrt")
        with open(path, "wb") as f:
            f.write(bytes.fromhex("00000001" + "0010" + "0005" + f"{len(message[24:]) // 2:08x}" + message[24:]))
        self.assertEqual(bgpcap("decode", path).returncode, 0)
        self.expect(bgpcap("decode", path, "--format", "bgpdump", "--filter", "type=open"), 2, "",
                    f"bgpcap: --filter is for other forms than bgpdump's lines\n{HINT}")
        self.expect(bgpcap("decode", path, "--as2"), 2, "",
                    f"bgpcap: {path}: each record of MRT says how it is to be read; options about the session are for "
                    f"other files\n{HINT}")

    def test_a_word_that_is_no_command_is_named(self):
        self.expect(bgpcap("decod", "--hex", KEEPALIVE), 2, "",
                    f"bgpcap: decod: there is no such command, only decode, sessions, explain, replay, vectors\n{HINT}")

    def test_wrong_arguments_say_how_to_ask(self):
        self.expect(bgpcap("decode", "--hex", "xy"), 2, "",
                    'bgpcap: character 1 of the octets: "x" is no hexadecimal digit\n' + HINT)
        self.expect(bgpcap("decode", "--hex", "-", input=""), 2, "", "bgpcap: there are no octets to decode\n" + HINT)
        result = bgpcap("decode", "--add-path", "ipv5", "--hex", KEEPALIVE)
        self.assertEqual(result.returncode, 2)
        self.assertIn('"ipv5" is no family; try a name like ipv4-unicast, or 1/1', result.stderr)
        for arguments in ((), ("decode",), ("nonsense",), ("decode", "--hex", KEEPALIVE, "--nonsense"),
                          ("decode", "--ebgp", "--ibgp", "--hex", KEEPALIVE),
                          ("decode", "--as2", "--as4", "--hex", KEEPALIVE),
                          ("decode", "--format", "bgpdump", "--hex", KEEPALIVE),
                          ("decode", "--local-id", "1", "--hex", KEEPALIVE)):
            result = bgpcap(*arguments)
            self.assertEqual((result.returncode, result.stdout), (2, ""), arguments)
            self.assertTrue(result.stderr.startswith("bgpcap: ") and result.stderr.endswith(HINT), result.stderr)


class Vectors(Cli):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "one.jsonl")
        self.exceptions = os.path.join(folder.name, "except")

    def write(self, path, *lines):
        with open(path, "w", encoding="utf-8") as f:
            f.writelines(line + "\n" for line in lines)

    def test_our_own_vectors_are_as_they_expect(self):
        files = glob.glob(os.path.join(VECTORS, "*.jsonl"))
        self.assertTrue(files)
        for path in files:
            result = bgpcap("vectors", "--check", path)
            self.assertEqual((result.returncode, result.stderr), (0, ""), result.stdout)

    def test_each_vector_is_a_line_of_json(self):
        for path in glob.glob(os.path.join(VECTORS, "*.jsonl")):
            with open(path, encoding="utf-8") as f:
                names = [json.loads(line)["name"] for line in f]
            result = bgpcap("vectors", path)
            self.assertEqual(result.returncode, 0)
            self.assertEqual([json.loads(line)["name"] for line in result.stdout.splitlines()], names)

    def test_a_difference_is_status_1(self):
        self.write(self.path, json.dumps({"name": "a", "kind": "message", "hex": KEEPALIVE,
                                          "expect": {"verdict": "error"}}))
        result = bgpcap("vectors", "--check", self.path)
        self.assertEqual((result.returncode, result.stderr), (1, ""))
        self.assertIn("a (message)\n  verdict: expected error, got ok\n", result.stdout)
        self.assertTrue(result.stdout.endswith(": 1 vectors, 1 different, 0 not compared\n"))

        self.write(self.exceptions, "a: only to try it")
        self.expect(bgpcap("vectors", "--check", self.path, "--except", self.exceptions), 0,
                    f"a: not compared: only to try it\n{self.path}: 1 vectors, 0 different, 1 not compared\n")

    def test_what_cannot_be_read_is_status_2(self):
        self.expect(bgpcap("vectors", "/nonexistent"), 2, "", "bgpcap: /nonexistent: cannot be read\n" + HINT)
        self.write(self.path, "nonsense")
        result = bgpcap("vectors", self.path)
        self.assertEqual(result.returncode, 2)
        self.assertTrue(result.stderr.startswith(f"bgpcap: {self.path}: line 1: no JSON object"), result.stderr)
        self.write(self.path)
        self.write(self.exceptions, "nonsense")
        self.assertEqual(bgpcap("vectors", "--check", self.path, "--except", self.exceptions).returncode, 2)


class Help(Cli):
    def test_version(self):
        self.assertRegex(bgpcap("--version").stdout, r"^bgpcap \(libbgp\) \d+\.\d+\.\d+\n$")

    def test_help_names_everything(self):
        for arguments, words in (
            (("--help",), ("decode", "vectors", "Examples:", "Exit status:", "--version")),
            (("decode", "--help"), ("--hex", "--json", "--as2", "--as4", "--ebgp", "--ibgp", "--confed", "--local-as",
                                    "--peer-as", "--local-id", "--families", "--add-path", "--ext-nh", "--multi-label",
                                    "--extended", "--enhanced-refresh", "FAMILY is")),
            (("vectors", "--help"), ("FILE", "--check", "--except", "kind")),
        ):
            result = bgpcap(*arguments)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            for word in words:
                self.assertIn(word, result.stdout)

    def test_full_output_device_is_a_failure(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            result = subprocess.run([BGPCAP, "decode", "--hex", KEEPALIVE], stdout=full, stderr=subprocess.PIPE,
                                    timeout=60, check=False)
        self.assertEqual(result.returncode, 1)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
