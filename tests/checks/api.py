"""The API against its own description: Schemathesis asks an organization that has one of
everything whatever the description allows, and much that it does not.

api.py ESTATE [EXAMPLES]: the program that serves the organization, and how many requests of
each operation are tried; more than in every run are tried systematically, too, and by everybody
on both databases.
"""

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

# Tried in every run.
FEW = 5

# By whom the API is asked, and on which database in every run: what only PostgreSQL refuses, such
# as a number too large for its column, is seen by the operator, who may ask for nearly everything.
ROADS = {"the owner": "sqlite", "the operator": "postgres", "Slack's part": "sqlite"}

# A refusal is described for every status (`default`), so that no status is a surprise; what it
# is held to are its media type and its shape.
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
]

# Kinds of ids that are often ones that exist, so that more than "not found" is seen. Tokens and
# accounts are left out: who takes off their own is not let in any more.
KNOWN = [
    "post",
    "feed",
    "member",
    "delivery",
    "channel",
    "proposal",
    "topic",
    "team",
    "import",
    "installation",
    "campaign",
]

# Never asked with an id that exists: it would fetch a feed from outside, ask a chat to let go of
# us, or take away the workspace that everybody after it comes from.
SPARED = {
    "run_feed": "feed",
    "disconnect_chat": "installation",
    "revoke_installation": "installation",
}


def settings(told):
    """What Schemathesis reads as its configuration."""
    lines = ["[dictionaries]", 'nothing = { values = ["00000000-0000-7000-8000-000000000000"] }']
    lines.append("at_once = { values = [0] }")
    for kind in KNOWN:
        # None of a kind would leave it untried without a word.
        assert told["ids"][kind], f"the organization has no {kind}"
        lines.append(f"{kind} = {{ values = {json.dumps(told['ids'][kind])} }}")
    lines.append("[parameters]")
    # Who waits for deliveries waits up to 25 seconds.
    lines.append('"body.wait_seconds" = { dictionary = "at_once" }')
    for kind in KNOWN:
        lines.append(f'"path.{kind}" = {{ dictionary = "{kind}", probability = 0.7 }}')
    # Nor are ids taken from answers, for the sake of what follows.
    lines.append("[phases.fuzzing.extra-data-sources]\nresponses = false")
    for operation, kind in SPARED.items():
        lines.append(f'[[operations]]\ninclude-operation-id = "{operation}"')
        lines.append(f'parameters = {{ "path.{kind}" = {{ dictionary = "nothing" }} }}')
    return "\n".join(lines) + "\n"


def ask(base, headers, folder, options):
    """One run; whether nothing was found, and what was said."""
    command = [
        Path(sys.executable).with_name("schemathesis"),
        "run",
        Path(folder, "description.json"),
        f"--url={base}/",
        "--workers=1",
        "--checks=" + ",".join(CHECKS),
        "--request-timeout=40",
        "--continue-on-failure",
        "--no-shrink",
        "--warnings=off",
        "--seed=7",
        *options,
    ]
    command += [f"--header={header}:{value}" for header, value in headers.items()]
    # Everything is on this machine, whatever proxy it has.
    environment = {key: value for key, value in os.environ.items() if "proxy" not in key.lower()}
    done = subprocess.run(
        command, cwd=folder, env=environment, check=False, capture_output=True, text=True
    )
    return done.returncode == 0, done.stdout + done.stderr


def roads(told):
    """By whom, where, and with what."""
    bearer = {name: f"Bearer {told[name]}" for name in ["owner", "operator", "part"]}
    person = told["on_behalf_of"]
    yield "the owner", told["public"], {"Authorization": bearer["owner"]}
    for name, holder in [("the operator", "operator"), ("Slack's part", "part")]:
        headers = {"Authorization": bearer[holder], "On-Behalf-Of": person}
        yield name, told["internal"], headers


def proves_itself(description, road, folder):
    """What is judged by a false description has to fail, or the judge proves nothing."""
    _, base, headers = road
    false = json.loads(json.dumps(description))
    false["components"]["schemas"]["Organization"]["properties"]["slug"] = {"type": "integer"}
    Path(folder, "description.json").write_text(json.dumps(false))
    options = ["--phases=fuzzing", "--max-examples=1", "--include-operation-id=show_organization"]
    good, said = ask(base, headers, folder, options)
    if good or "slug" not in said:
        print(f"A false description was not noticed:\n{said}")
        return False
    return True


def judge(told, database, examples):
    """Whether the answers to everybody who comes on this database are as described."""
    # Without a proxy, as above.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{told['public']}/openapi.json") as answer:
        description = json.load(answer)
    operations = sum(
        "operationId" in operation
        for item in description["paths"].values()
        for operation in item.values()
    )
    phases = "fuzzing" if examples <= FEW else "coverage,fuzzing"
    options = [f"--phases={phases}", f"--max-examples={examples}"]
    good = True
    with tempfile.TemporaryDirectory() as folder:
        # The judge is the same on every database.
        if database == ROADS["the owner"]:
            good &= proves_itself(description, next(roads(told)), folder)
        Path(folder, "schemathesis.toml").write_text(settings(told))
        Path(folder, "description.json").write_text(json.dumps(description))
        for name, base, headers in roads(told):
            if examples <= FEW and ROADS[name] != database:
                continue
            clean, said = ask(base, headers, folder, options)
            if f"Tested: {operations}" not in said:
                print(f"Not all {operations} operations were tried.")
                clean = False
            print(f"{name}, on {database}: {'as described' if clean else said}", flush=True)
            good &= clean
    return good


def main():
    """Serves the organization on each database, judges, and ends."""
    examples = int(sys.argv[2]) if len(sys.argv) > 2 else FEW
    pipe = subprocess.PIPE
    good = True
    for database in sorted(set(ROADS.values())):
        command = [sys.argv[1], database]
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as served:
            good &= judge(json.loads(served.stdout.readline()), database, examples)
            served.stdin.close()
            served.wait(timeout=60)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
