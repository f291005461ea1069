"""A web page in a browser of this machine cannot reach the local AWS."""

import http.client
import urllib.parse

import pytest

WEB_PAGES = {
    "a name that resolves to loopback (DNS rebinding)": {"Host": "attacker.example:5000"},
    "a name that begins as loopback does": {"Host": "127.0.0.1.attacker.example"},
    "a name that ends as loopback does": {"Host": "attacker-localhost"},
    "a name below localhost": {"Host": "bucket.localhost:5000"},
    "a bucket below the address": {"Host": "bucket.127.0.0.1:5000"},
    "another loopback address": {"Host": "127.0.0.2"},
    "the address in another notation": {"Host": "2130706433"},
    "the machine's every address": {"Host": "0.0.0.0"},
    "the address, followed by a line": {"Host": "127.0.0.1 attacker.example"},
    "user information before the address": {"Host": "attacker@127.0.0.1"},
    "AWS itself": {"Host": "sts.amazonaws.com"},
    "no name": {"Host": ""},
    "another origin": {"Origin": "https://attacker.example"},
    "an origin without a name": {"Origin": "null"},
    "an origin of this machine": {"Origin": "http://localhost:3000"},
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "another port of this machine": {"Sec-Fetch-Site": "same-site"},
    "its own page": {"Sec-Fetch-Site": "same-origin"},
}
"""Headers by what they show; what is left out is as a program of this machine sends it."""

PROGRAMS = {
    "the address": {"Host": "127.0.0.1"},
    "the address and a port": {"Host": "127.0.0.1:5000"},
    "the name": {"Host": "localhost:5000"},
    "the address of IPv6": {"Host": "[::1]:5000"},
    "a user who typed the address": {"Sec-Fetch-Site": "none"},
}

PATHS = ("/_sandbox/inventory", "/_sandbox/access-keys/sandbox", "/moto-api/data.json", "/bucket/key")


def ask(url: str, path: str, headers: dict[str, str]) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=60)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("headers", WEB_PAGES.values(), ids=WEB_PAGES.keys())
def test_a_web_page_is_refused(local_aws_url: str, headers: dict[str, str], path: str) -> None:
    status, said = ask(local_aws_url, path, headers)
    assert status == 403
    assert said.startswith("the local AWS answers ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("headers", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_a_program_of_this_machine_is_answered(local_aws_url: str, headers: dict[str, str]) -> None:
    assert ask(local_aws_url, "/_sandbox/inventory", headers)[0] == 200
