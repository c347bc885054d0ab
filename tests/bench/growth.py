"""How the instructions of a request grow with its cookies, its fields and its length: they should grow linearly."""

from exchange import converse
from servers import head_of
from watch import instructions

HOST = {"Host": "localhost"}
LARGEST_HEAD_BYTES = 64 * 1024
PACKET_BYTES = 1024


def print_tables():
    print_table("cookies", [(str(count), [cookies(count)]) for count in [0, 1, 2, 5, 10, 20, 50, 100, 200]])
    print_table("fields", [(str(count), [fields(count)]) for count in [1, 5, 10, 20, 50, 100]])
    print_table("one long field", [(f"{size:,} bytes", [long_field(size)]) for size in [512, 1024, 4096, 16384, 61440]])
    print_table("the largest heads", [
        ("a cookie of `\"`", [hostile_cookie()]),
        ("cookies `a;`", [many_cookies()]),
        ("99 fields of 600 bytes", [long_fields()]),
        ("one field", [long_field(LARGEST_HEAD_BYTES)]),
        ("one field, in packets of 1 KiB", packets_of(long_field(LARGEST_HEAD_BYTES))),
    ], is_line=False)


def largest():
    """What each byte of the most expensive heads costs. A quadratic cost would show here."""
    for name, packets in [("a cookie", [hostile_cookie()]), ("in packets of 1 KiB", packets_of(long_field(LARGEST_HEAD_BYTES)))]:
        yield name, instructions_of(packets) / sum(map(len, packets))


def print_table(what, rows, is_line=True):
    """In Markdown. If the cost is linear, each further byte costs the same in each row."""
    print(f"\n| {what} | bytes of the head | instructions | for each byte | for each further byte |")
    print("| --- | ---: | ---: | ---: | ---: |")
    last = None
    for name, packets in rows:
        size, count = sum(map(len, packets)), instructions_of(packets)
        slope = f"{(count - last[1]) / (size - last[0]):.1f}" if is_line and last else ""
        print(f"| {name} | {size:,} | {count:,.0f} | {count / size:.1f} | {slope} |", flush=True)
        last = size, count


def instructions_of(packets):
    # Few of the largest are enough: the difference is far above what varies between two runs.
    few, many = (2, 12) if sum(map(len, packets)) > 32 * 1024 else (20, 220)

    def exchange(server, requests):
        converse(server, packets, requests, pause=0.002 if len(packets) > 1 else 0)

    return instructions("ours", exchange, few, many)["instructions"]


def head(fields):
    return head_of("/", {**HOST, **fields})


def cookies(count):
    """So many cookies, each of an ordinary size."""
    pairs = [f"cookie_name_{nth:03}=cookie_value_{nth:03}" for nth in range(count)]
    return head({"Cookie": "; ".join(pairs)} if pairs else {})


def fields(count):
    """So many fields; `Host` is the first."""
    return head({f"X-Field-{nth:03}": "the value of an ordinary field" for nth in range(1, count)})


def long_field(size):
    """A head of so many bytes."""
    return head({"X-Field": "a" * (size - len(head({"X-Field": ""})))})


def hostile_cookie():
    """Each byte of it is escaped, wherever it is shown."""
    return head({"Cookie": '"' * (LARGEST_HEAD_BYTES - len(head({"Cookie": ""})))})


def many_cookies():
    return head({"Cookie": "a;" * ((LARGEST_HEAD_BYTES - len(head({"Cookie": ""}))) // 2)})


def cookies_of_all_kinds(media_type):
    """Heads of 64 KiB: few cookies and many, of bytes that are escaped, not text, or neither."""
    most = 62 * 1024
    values = [b"a;" * 8_700 + b'"' * 60_000, b"a;" * most, b'"""";' * most, b"a=;" * most, b"\xFF;" * most, b"a" * most]
    return [head({"Accept": media_type, "Cookie": "@"}).replace(b"@", value[:most]) for value in values]


def long_fields():
    return head({f"X-{nth:02}": "a" * 594 for nth in range(99)})


def packets_of(whole):
    return [whole[start : start + PACKET_BYTES] for start in range(0, len(whole), PACKET_BYTES)]
