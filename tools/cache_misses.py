#!/usr/bin/env python3
"""Which source lines wait for memory: misses of a simulated last cache a token, by stage and by line (callgrind).

    python3 tools/cache_misses.py FILE.jsonl [--cache MB] [--lines N] [--match REGEX]

Builds newsnlp_bench in build/misses with prefetches as loads (bench/prefetch_as_load.h) and runs the first 40 articles
of FILE twice; the second time is counted. A line is HIDDEN if it fetches ahead, else EXPOSED. The first cache has 32 kB."""
import argparse, collections, glob, os, re, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(ROOT, "build", "misses")


def build():
    flags = "-g1 -include " + os.path.join(ROOT, "bench", "prefetch_as_load.h")
    subprocess.run(["cmake", "-S", ROOT, "-B", BUILD, "-DCMAKE_BUILD_TYPE=Release", "-DNEWSNLP_BENCH=ON",
                    "-DNEWSNLP_TESTS=OFF", "-DNEWSNLP_TOOLS=OFF", "-DCMAKE_CXX_FLAGS=" + flags],
                   check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", BUILD, "--target", "newsnlp_bench", "-j2"], check=True, stdout=subprocess.DEVNULL)


def read_dump(path, lines, stages):
    """Adds a dump's costs to lines[(file, line)] and stages[name]: [instructions, misses of the last cache]."""
    files, file, at, callee, events, stage = {}, "?", 0, False, [], "?"
    for text in open(path, errors="replace"):
        if text.startswith("desc: Trigger: Client Request: "):
            stage = text.split(": ", 3)[3].strip()
        elif text.startswith("events: "):
            names = text.split()[1:]
            events = [i for i, n in enumerate(names) if n in ("ILmr", "DLmr", "DLmw")]
        elif text.startswith("calls="):
            callee = True
        elif m := re.match(r"(fl|fi|fe)=\((\d+)\)(?: (.*))?$", text):
            if m[3]: files[m[2]] = m[3]
            file = files.get(m[2], "?")
        elif m := re.match(r"c?(?:fn|fi|fl|ob)=\((\d+)\)(?: (.*))?$", text):
            if m[2] and text.startswith(("cfi", "cfl")): files[m[1]] = m[2]
        elif m := re.match(r"([+-]?\d+|\*) (.+)$", text):
            at = at if m[1] == "*" else at + int(m[1]) if m[1][0] in "+-" else int(m[1])
            if callee:
                callee = False
                continue
            costs = [int(c) for c in m[2].split()]
            misses = sum(costs[i] for i in events if i < len(costs))
            for place in (lines[file, at], stages[stage]):
                place[0] += costs[0]
                place[1] += misses


def source_line(file, number, cache={}):
    if file not in cache:
        paths = [p for p in (file, os.path.join(BUILD, file)) if os.path.isfile(p)]
        paths += [p for p in glob.glob(os.path.join(ROOT, "*", os.path.basename(file))) if os.path.isfile(p)]
        cache[file] = open(paths[0], errors="replace").read().splitlines() if paths else []
    return cache[file][number - 1].strip() if 0 < number <= len(cache[file]) else ""


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("file"); ap.add_argument("--cache", type=int, default=4, help="MB of the last cache")
    ap.add_argument("--lines", type=int, default=40); ap.add_argument("--match", default="", help="files whose lines are shown")
    o = ap.parse_args()
    if not os.path.isfile(o.file): sys.exit("%s: no such file; it must hold articles as JSON Lines" % o.file)
    build()
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(["valgrind", "-q", "--tool=callgrind", "--collect-atstart=no", "--cache-sim=yes", "--I1=32768,8,64",
                              "--D1=32768,8,64", "--LL=%d,16,64" % (o.cache << 20), "--callgrind-out-file=%s/out" % folder,
                              os.path.join(BUILD, "newsnlp_bench"), "--count", o.file], capture_output=True, text=True)
        if run.returncode != 0: sys.exit("the bench failed: " + run.stderr.strip())
        tokens = int(run.stdout.split()[0])
        lines, stages = collections.defaultdict(lambda: [0, 0]), collections.defaultdict(lambda: [0, 0])
        for path in glob.glob(folder + "/out*"): read_dump(path, lines, stages)
    print("%d tokens; misses of a last cache of %d MB, instructions a token\n" % (tokens, o.cache))
    for stage, (instructions, misses) in stages.items():
        if instructions: print("%-14s %6.2f %8.0f" % (stage, misses / tokens, instructions / tokens))
    hidden = {k for k in lines if "prefetch" in source_line(*k)}
    total = lambda keys: sum(lines[k][1] for k in keys) / tokens
    print("%-14s %6.2f, of them hidden %.2f\n" % ("all", total(lines), total(hidden)))
    shown = sorted((k for k in lines if re.search(o.match, k[0])), key=lambda k: -lines[k][1])
    for k in shown[:o.lines]:
        print("%-7s %6.3f %s:%d  %s" % ("hidden" if k in hidden else "exposed", lines[k][1] / tokens, os.path.basename(k[0]), k[1],
                                      source_line(*k)[:80]))


if __name__ == "__main__":
    main()
