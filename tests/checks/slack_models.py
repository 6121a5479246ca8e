"""Every recorded block and view through Slack's own Python models: python slack_models.py RECORD

They know limits that the types do not: lengths of texts, numbers of elements and options."""

import json
import logging
import sys
from collections import Counter
from pathlib import Path

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

TOLD = 20

# What has to be refused: too long, unknown to the models, a field that they do not know.
WRONG = [
    {"type": "header", "text": {"type": "plain_text", "text": "t" * 151}},
    {"type": "banner"},
    {"type": "divider", "colour": "red"},
]


def record(folder):
    """Every payload for Slack, once."""
    lines = {line for file in Path(folder).glob("*.jsonl") for line in file.read_text("utf-8").splitlines()}
    entries = map(json.loads, sorted(lines))
    return [entry for entry in entries if entry["platform"] == "slack"]


def carried(entry):
    """The blocks and the view of a payload."""
    view = entry["body"] if entry["kind"] == "surface" else entry["body"].get("view")
    blocks = (view or entry["body"]).get("blocks", [])
    return blocks, view


def problem(model, what):
    """What the model refuses, or what it does not know and so leaves out."""
    try:
        understood = model(what)
        if understood is None:
            return f"unknown: {what.get('type')}"
        lost = missing(what, understood.to_dict())
        return f"not understood: {', '.join(lost)}" if lost else None
    except (SlackObjectFormationError, TypeError, ValueError) as error:
        return str(error)


def missing(said, understood, at=""):
    """The paths of what was said and is no longer there after reading."""
    if isinstance(said, dict):
        if not isinstance(understood, dict):
            return [at or "/"]
        return [path for name, value in said.items() for path in missing(value, understood.get(name), f"{at}/{name}")]
    if isinstance(said, list):
        if not isinstance(understood, list) or len(said) != len(understood):
            return [at]
        return [path for i, value in enumerate(said) for path in missing(value, understood[i], f"{at}/{i}")]
    return [] if said == understood else [at]


def main(folder):
    logging.disable(logging.CRITICAL)
    for wrong in WRONG:
        if problem(Block.parse, wrong) is None:
            print(f"  Slack's models let this pass, and so prove nothing: {wrong}")
            return 1
    counts, violations = Counter(), []
    for entry in record(folder):
        blocks, view = carried(entry)
        name = f"{entry['platform']} {entry['kind']} {entry['route']}"
        counts["blocks"] += len(blocks)
        found = [(f"/blocks/{at}", problem(Block.parse, block)) for at, block in enumerate(blocks)]
        if view is not None:
            counts["views"] += 1
            found.append(("/view", problem(lambda view: View(**view), view)))
        violations += [f"{name}\n      {at} {words}" for at, words in found if words]
    print(f"  Slack's models: {counts['blocks']} blocks, {counts['views']} views, {len(violations)} violations")
    for violation in violations[:TOLD]:
        print(f"    {violation}")
    if len(violations) > TOLD:
        print(f"    and {len(violations) - TOLD} more")
    for what in ("blocks", "views"):
        if counts[what] == 0:
            print(f"    No {what} were recorded, and so nothing is proven.")
    return 1 if violations or 0 in (counts["blocks"], counts["views"]) else 0


sys.exit(main(sys.argv[1]))
