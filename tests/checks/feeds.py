"""What feedparser reads in the feeds of tests/fixtures/feed-shapes, as one JSON list on the standard output."""

import base64
import calendar
import json
import sys
from pathlib import Path

import feedparser

FOLDER = Path(__file__).parent.parent / "fixtures" / "feed-shapes"


def moment(entry):
    """When an item was published, else when it was changed; seconds since 1970."""
    # Asked for by `get`, feedparser would answer the one for the other.
    for name in ("published_parsed", "updated_parsed"):
        if name in entry.keys() and entry[name]:
            return calendar.timegm(entry[name])
    return None


def is_plain(entry):
    """Whether the title is no HTML; only Atom says so."""
    return entry.get("title_detail", {}).get("type") == "text/plain"


readings = []
for path in sorted(FOLDER.glob("*.xml")):
    document = path.read_bytes()
    url = f"https://feeds.example/shapes/{path.name}"
    headers = {"content-type": "application/xml", "content-location": url}
    told = feedparser.parse(document, response_headers=headers, sanitize_html=False)
    items = [
        {
            "title": entry.get("title"),
            "is_plain": is_plain(entry),
            "link": entry.get("link"),
            "published": moment(entry),
        }
        for entry in told.entries
    ]
    readings.append(
        {
            "name": path.name,
            "url": url,
            "document": base64.b64encode(document).decode(),
            "title": told.feed.get("title"),
            "items": items,
        }
    )
json.dump(readings, sys.stdout)
