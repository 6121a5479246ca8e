"""Slack's Python helper verifies what Slack's emulator signed, and signs for Chorus's endpoint.

Started by signatures.mjs, which says on the input what was signed, with which secret, and where to post."""

import json
import sys
from time import time
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from slack_sdk.signature import SignatureVerifier

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
# Neither a proxy nor another way than straight to the endpoint.
opener = build_opener(ProxyHandler({}))


def posts(url, body, content_type, headers):
    """The status and the words that answer it."""
    headers = {name: value for name, value in headers.items() if value is not None}
    request = Request(url, body.encode(), {"content-type": content_type, **headers}, method="POST")
    try:
        with opener.open(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def seal(verifier, stamp, body):
    return {
        "x-slack-request-timestamp": str(stamp),
        "x-slack-signature": verifier.generate_signature(timestamp=str(stamp), body=body),
    }


def challenge(number):
    """Each is a request of its own, so that none is taken for the repetition of another."""
    return json.dumps({"type": "url_verification", "challenge": f"Grüße, 世界 🎉 {number}"}, ensure_ascii=False)


def main():
    given = json.load(sys.stdin)
    verifier, other = SignatureVerifier(given["secret"]), SignatureVerifier("another secret")
    for request in given["received"]:
        assert verifier.is_valid(**request), f"slack_sdk refuses what Slack's emulator signed: {request['body']}"
        assert not verifier.is_valid(**{**request, "body": request["body"] + " "}), "slack_sdk takes a changed body"

    url, stamp = given["url"], int(time())
    body = challenge(0)
    status, words = posts(url, body, JSON, seal(verifier, stamp, body))
    assert (status, json.loads(words)) == (200, {"challenge": json.loads(body)["challenge"]}), (status, words)
    form = urlencode({"ssl_check": "1", "token": "ü"})
    status, words = posts(url, form, FORM, seal(verifier, stamp, form))
    assert status == 200, (status, words)

    refused = {
        "a changed body": lambda body: (body + " ", seal(verifier, stamp, body)),
        "another's secret": lambda body: (body, seal(other, stamp, body)),
        "another stamp": lambda body: (body, {**seal(verifier, stamp, body), "x-slack-request-timestamp": str(stamp - 1)}),
        "an old stamp": lambda body: (body, seal(verifier, stamp - 301, body)),
        "a stamp to come": lambda body: (body, seal(verifier, stamp + 330, body)),
        "no signature": lambda body: (body, {**seal(verifier, stamp, body), "x-slack-signature": None}),
        "no stamp": lambda body: (body, {**seal(verifier, stamp, body), "x-slack-request-timestamp": None}),
        "another version": lambda body: (
            body,
            {**seal(verifier, stamp, body), "x-slack-signature": seal(verifier, stamp, body)["x-slack-signature"].replace("v0", "v1")},
        ),
    }
    for number, (why, bend) in enumerate(refused.items(), 1):
        body, headers = bend(challenge(number))
        status, _ = posts(url, body, JSON, headers)
        assert status == 401, f"Chorus does not refuse {why} of Slack's: {status}"
    print(f"  slack_sdk verified {len(given['received'])} requests of Slack's emulator")
    print(f"  Chorus took what slack_sdk signed for Slack, and refused {len(refused)} that it should")


main()
