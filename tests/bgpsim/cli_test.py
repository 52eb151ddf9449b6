"""The command line of the real bgpsim. usage: cli_test.py BGPSIM SCENARIOS BGPCAP [unittest arguments]"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

BGPSIM, SCENARIOS, BGPCAP = sys.argv[1:4]
WORKED = os.path.join(SCENARIOS, "scenarios.jsonl")
OWN = os.path.join(SCENARIOS, "scenarios-own.jsonl")
HINT = "Run bgpsim --help for what there is.\n"


def bgpsim(*arguments, **options):
    return subprocess.run([BGPSIM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60,
                          check=False, **options)


def lines_of(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


class Cli(unittest.TestCase):
    def expect(self, result, status, out, err=""):
        self.assertEqual((result.returncode, result.stdout, result.stderr), (status, out, err))


LIFE = {"id": "life-7", "title": "a quiet one",
        "life": {"seed": 7, "peerings": 1, "jitter": False, "busy": 5000000000,
                 "conditions": {"least": 1000000, "most": 50000000, "window": 65536, "chunked": False, "edges": 0,
                                "lateness": 0},
                 "disturbances": [{"at": 3000000000, "kind": "Break", "end": 0, "amount": 0}]}}


class Lives(Cli):
    def test_a_life_that_violates_nothing_is_not_different(self):
        self.expect(bgpsim("check", "-", input=json.dumps(LIFE)), 0, "-: 1 scenario, 0 different\n")

    def test_run_says_what_came_of_it(self):
        result = bgpsim("run", "-", input=json.dumps(LIFE))
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(list(json.loads(result.stdout)), ["seed", "events", "ups", "digest"])

    def test_trace_is_a_timeline(self):
        result = bgpsim("run", "--trace", "-", input=json.dumps(LIFE))
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("t = 3 s: Break at 0\n", result.stdout)

    def test_one_that_cannot_be_read_is_named(self):
        life = {**LIFE, "life": {**LIFE["life"], "peerings": 9}}
        self.expect(bgpsim("check", "-", input=json.dumps(life)), 2, "",
                    f"bgpsim: -:1: this life cannot be read: the seed has 1 peerings\n{HINT}")


class Check(Cli):
    def test_the_worked_scenarios_pass(self):
        self.expect(bgpsim("check", WORKED), 0, f"{WORKED}: 14 scenarios, 0 different\n")

    def test_our_own_pass(self):
        self.expect(bgpsim("check", OWN), 0, f"{OWN}: {len(lines_of(OWN))} scenarios, 0 different\n")

    def test_a_changed_expectation_is_status_1(self):
        scenario = lines_of(WORKED)[0]
        scenario["steps"][0]["expect"]["states"]["A"] = "Active"
        result = bgpsim("check", "-", input=json.dumps(scenario))
        self.expect(result, 1, f"{scenario['id']}, step 1 (t = 0 ms): A is in Connect, expected Active\n"
                    "-: 1 scenario, 1 different\n")

    def test_trace_comes_before_the_differences(self):
        result = bgpsim("check", "--trace", WORKED)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        for scenario in lines_of(WORKED):
            self.assertIn(f"{scenario['id']}: {scenario['title']}\n", result.stdout)


class Run(Cli):
    def test_each_step_is_a_line_in_the_shape_of_its_expectation(self):
        result = bgpsim("run", WORKED)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        shown = [json.loads(line) for line in result.stdout.splitlines()]
        wanted = [(scenario["id"], i + 1, step) for scenario in lines_of(WORKED)
                  for i, step in enumerate(scenario["steps"])]
        self.assertEqual([(line["id"], line["step"]) for line in shown], [(name, i) for name, i, _ in wanted])
        for line, (_, _, step) in zip(shown, wanted):
            self.assertEqual(list(line), ["id", "step", "states", "out", "timers", "counter"])
            self.assertEqual(line["states"]["A"], step["expect"]["states"].get("A", line["states"]["A"]))
            self.assertEqual(len(line["out"]), len(step["expect"]["out"]))

    def test_trace_is_a_timeline(self):
        result = bgpsim("run", WORKED, "--trace")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("      0.000 s  admin start\n                 A: Idle -> Connect (ManualStart)\n", result.stdout)

    def test_a_step_that_cannot_be_played_is_status_1(self):
        scenario = lines_of(WORKED)[0]
        scenario["steps"][1]["input"]["conn"] = "C"
        result = bgpsim("run", "-", input=json.dumps(scenario))
        self.assertEqual((result.returncode, len(result.stdout.splitlines())), (1, 1))
        self.assertIn(f"{scenario['id']}, step 2", result.stderr)
        self.assertIn("there is no connection C", result.stderr)


class Random(Cli):
    def test_the_same_seed_gives_the_same_lives(self):
        first = bgpsim("random", "--seed", "3", "--events", "2000")
        self.assertEqual((first.returncode, first.stderr), (0, ""))
        lives = [json.loads(line) for line in first.stdout.splitlines()]
        self.assertEqual([life["seed"] for life in lives], list(range(3, 3 + len(lives))))
        self.assertGreaterEqual(sum(life["events"] for life in lives), 2000)
        self.assertLess(sum(life["events"] for life in lives[:-1]), 2000)
        self.assertEqual(bgpsim("random", "--events", "2000", "--seed", "3").stdout, first.stdout)
        self.assertNotEqual(json.loads(bgpsim("random", "--seed", "4", "--events", "1").stdout)["digest"],
                            lives[0]["digest"])

    def test_trace_is_a_timeline_and_changes_nothing(self):
        plain = bgpsim("random", "--seed", "3", "--events", "1").stdout
        result = bgpsim("random", "--seed", "3", "--events", "1", "--trace")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertTrue(result.stdout.endswith(plain))
        self.assertIn("end 0: admin start\n", result.stdout)


class Record(Cli):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "life.pcapng")

    def bgpcap(self, command, *arguments):
        return subprocess.run([BGPCAP, command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              timeout=60, check=False)

    def test_a_life_is_a_capture_for_bgpcap(self):
        plain = bgpsim("run", "-", input=json.dumps(LIFE)).stdout
        self.expect(bgpsim("run", "-", "--record", self.path, input=json.dumps(LIFE)), 0, plain)
        sessions = self.bgpcap("sessions", self.path)
        self.assertEqual((sessions.returncode, sessions.stderr), (0, ""))
        ends = [line.split()[1:4] for line in sessions.stdout.splitlines()[1:]]
        self.assertIn(sorted(["192.0.2.1", "192.0.2.2"]), [sorted((end[0], end[2])) for end in ends])
        stories = self.bgpcap("explain", self.path)
        self.assertEqual((stories.returncode, stories.stderr), (0, ""))
        self.assertEqual(stories.stdout.count("ended by: "), len(ends))
        self.assertIn("the session is up", stories.stdout)

    def test_each_end_has_what_it_saw(self):
        def who_sent_opens(end):
            self.assertEqual(bgpsim("run", "-", "--record", self.path, "--record-end", end,
                                    input=json.dumps(LIFE)).returncode, 0)
            capture = [json.loads(line) for line in self.bgpcap("decode", "-j", self.path).stdout.splitlines()]
            return {message["from"].split(":")[0] for message in capture if message.get("type") == "OPEN"}
        both = {"192.0.2.1", "192.0.2.2"}
        self.assertEqual((who_sent_opens("0"), who_sent_opens("1")), (both, both))

    def test_mrt_by_its_name(self):
        path = self.path.replace(".pcapng", ".mrt")
        self.assertEqual(bgpsim("run", "-", "--record", path, input=json.dumps(LIFE)).returncode, 0)
        result = self.bgpcap("decode", path)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("sent OPEN, ", result.stdout)

    def test_what_cannot_be_recorded_is_said(self):
        self.expect(bgpsim("run", WORKED, "--record", self.path), 2, "",
                    f"bgpsim: {WORKED}: there is no life in it to --record\n{HINT}")
        self.expect(bgpsim("random", "--events", "1", "--record", "/nonexistent/life.mrt"), 2, "",
                    f"bgpsim: /nonexistent/life.mrt: cannot be written\n{HINT}")
        self.expect(bgpsim("random", "--events", "1", "--record", self.path, "--record-end", "9"), 2, "",
                    f"bgpsim: --record-end: the life of seed 1 has 2 ends\n{HINT}")
        self.assertEqual(bgpsim("random", "--record-end", "1").returncode, 2)


class Usage(Cli):
    def test_version(self):
        self.assertRegex(bgpsim("--version").stdout, r"^bgpsim \(libbgp\) \d+\.\d+\.\d+\n$")

    def test_help_names_everything(self):
        for arguments, words in (
            (("--help",), ("run", "check", "random", "Examples:", "Exit status:", "--version")),
            (("run", "--help"), ("FILE", "--trace", '"timers"', "dump")),
            (("check", "--help"), ("FILE", "--trace")),
            (("random", "--help"), ("--seed", "--events", "--trace", "digest")),
        ):
            result = bgpsim(*arguments)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            for word in words:
                self.assertIn(word, result.stdout)

    def test_wrong_arguments_say_how_to_ask(self):
        for arguments in ((), ("nonsense",), ("run",), ("check",), ("run", WORKED, "--nonsense"), ("run", WORKED, OWN),
                          ("random", "--events", "0"), ("random", "--events", "-1"), ("random", "--seed", "x"),
                          ("random", WORKED)):
            result = bgpsim(*arguments)
            self.assertEqual((result.returncode, result.stdout), (2, ""), arguments)
            self.assertTrue(result.stderr.startswith("bgpsim: ") and result.stderr.endswith(HINT), result.stderr)

    def test_a_word_that_is_no_command_is_named(self):
        self.expect(bgpsim("rum", WORKED), 2, "",
                    f"bgpsim: rum: there is no such command, only run, check, random\n{HINT}")

    def test_what_cannot_be_read_is_status_2(self):
        self.expect(bgpsim("check", "/nonexistent"), 2, "", "bgpsim: /nonexistent: cannot be read\n" + HINT)
        self.expect(bgpsim("run", "-", input=""), 2, "", "bgpsim: -: there are no scenarios\n" + HINT)
        self.expect(bgpsim("check", "-", input="\nnonsense"), 2, "", "bgpsim: -:2: no JSON object\n" + HINT)
        with tempfile.TemporaryDirectory() as folder:
            result = bgpsim("check", folder)
            self.assertEqual((result.returncode, result.stdout), (2, ""))
        for key in ("config", "steps", "id"):
            scenario = lines_of(WORKED)[0]
            del scenario[key]
            result = bgpsim("check", "-", input=json.dumps(scenario))
            self.assertEqual((result.returncode, result.stdout), (2, ""))
            self.assertTrue(result.stderr.startswith("bgpsim: -:1: "), result.stderr)

    def test_full_output_device_is_a_failure(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            result = subprocess.run([BGPSIM, "check", WORKED], stdout=full, stderr=subprocess.PIPE, timeout=60,
                                    check=False)
        self.assertEqual(result.returncode, 1)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]], verbosity=2)
