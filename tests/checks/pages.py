"""What linkpreview reads in the pages that come as JSON from pages.mjs: the same list on the
standard output, each page with `preview`, which is null where linkpreview gives up."""

import json
import sys

from linkpreview import link_preview


def preview(page):
    """What linkpreview reads in a page; none where it gives up."""
    found = link_preview(page["url"], page["html"])
    try:
        told = {
            "title": found.title,
            "description": found.description,
            "image": found.absolute_image,
            "site": found.site_name,
        }
    except json.JSONDecodeError:
        # Linked data that is no JSON ends all of its reading.
        return None
    # Where a page does not name its site, linkpreview says the host, which is no name.
    if told["site"] == found.generic.site_name:
        told["site"] = None
    return told


pages = json.load(sys.stdin)
json.dump([{**page, "preview": preview(page)} for page in pages], sys.stdout)
