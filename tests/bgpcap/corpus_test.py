"""Vectors from outside the tree have the outcome that they expect. usage: corpus_test.py BGPCAP EXCEPT

The folder is found by the environment variable BGP_EXTRA_DATA; without it this says SKIPPED.
"""
import glob
import os
import subprocess
import sys

SKIPPED = 77


def main(bgpcap, exceptions):
    data = os.environ.get("BGP_EXTRA_DATA", "")
    if not data:
        print("SKIPPED: BGP_EXTRA_DATA is not set: no vectors to check")
        return SKIPPED
    files = sorted(glob.glob(os.path.join(data, "vectors", "*.jsonl")))
    if len(files) < 4:
        print(f"only {len(files)} files of vectors in BGP_EXTRA_DATA")
        return 1
    failed = [f for f in files
              if subprocess.run([bgpcap, "vectors", "--check", f, "--except", exceptions], check=False).returncode]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
