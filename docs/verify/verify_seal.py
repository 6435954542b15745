#!/usr/bin/env python3
"""Check a file written by "openness seal", with nothing but Python's own library.

    python3 verify_seal.py FILE

It checks the canonical form (RFC 8785), the digest, the web archive's documents
and every quote. A signature is checked by OpenSSH:

    python3 verify_seal.py FILE --digest > digest
    python3 verify_seal.py FILE --signature > digest.sig
    ssh-keygen -Y verify -f allowed_signers -I NAME -n openness-seal -s digest.sig < digest
"""
import base64, gzip, hashlib, io, json, sys


def number(x):
    """A number as ECMAScript writes it; sealed files hold whole ones and short decimals."""
    if isinstance(x, int):
        return str(x)
    if x == int(x) and abs(x) < 1e21:
        return str(int(x))
    s = repr(x)
    if "e" in s:
        mantissa, exponent = s.split("e")
        s = mantissa + "e" + ("+" if int(exponent) > 0 else "-") + str(abs(int(exponent)))
    return s


def canonical(v):
    if v is None or isinstance(v, bool):
        return json.dumps(v)
    if isinstance(v, (int, float)):
        return number(v)
    if isinstance(v, str):
        return json.dumps(v, ensure_ascii=False)
    if isinstance(v, list):
        return "[" + ",".join(map(canonical, v)) + "]"
    keys = sorted(v, key=lambda k: k.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(json.dumps(k, ensure_ascii=False) + ":" + canonical(v[k]) for k in keys) + "}"


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def bodies(archive):
    """The payloads of a gzipped WARC/1.1 archive by their SHA-256."""
    found, data, at = {}, gzip.decompress(archive), 0
    while at < len(data):
        end = data.index(b"\r\n\r\n", at)
        head = dict(line.split(b": ", 1) for line in data[at:end].split(b"\r\n")[1:])
        head = {k.lower(): v for k, v in head.items()}
        length = int(head[b"content-length"])
        block = data[end + 4 : end + 4 + length]
        at = end + 4 + length + 4
        if head[b"warc-type"] == b"response":
            block = block.split(b"\r\n\r\n", 1)[1]
        found[sha256(block)] = block
    return found


def check(text):
    problems = []
    sealed = json.loads(text)
    if canonical(sealed).encode("utf-8", "surrogatepass") != text:
        problems.append("the file is not in the canonical form of its content")
    bare = dict(sealed, digest="", signature=None)
    if sha256(canonical(bare).encode("utf-8", "surrogatepass")) != sealed["digest"]:
        problems.append("the content does not hash to the digest")
    archive = base64.b64decode(sealed["warc"], validate=True)
    if sha256(archive) != sealed["warc_sha256"]:
        problems.append("the archive does not hash to what is said of it")
    held = bodies(archive)
    missing = {d["sha256"] for d in sealed["documents"] if d.get("missing")}
    for d in sealed["documents"]:
        if d["sha256"] and d["sha256"] not in held and d["sha256"] not in missing:
            problems.append("the bytes of %s are not in the archive" % d["url"])
    quotes = 0
    for assessment in sealed["assessments"]:
        for judgement in assessment["judgements"]:
            for o in judgement["observations"]:
                if o["finding"] != "present" or o["end"] <= o["start"] or o["sha256"] not in held:
                    continue
                words = held[o["sha256"]][o["start"] : o["end"]].decode("utf-8", "replace")
                if o["quote"] and words.replace("\ufffd", "") != o["quote"].replace("\ufffd", ""):
                    problems.append("%s: bytes %d to %d of %s are not the quote" % (judgement["dimension"], o["start"], o["end"], o["url"]))
                quotes += 1
    print("%s, sealed %s: %d documents, %d quotes, %d problems" % (sealed["model"], sealed["sealed_at"], len(held), quotes, len(problems)))
    return problems


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as f:
        content = f.read()
    if "--digest" in sys.argv:
        sys.stdout.write(json.loads(content)["digest"])
    elif "--signature" in sys.argv:
        sys.stdout.write(json.loads(content)["signature"]["signature"])
    else:
        try:
            faults = check(content)
        except (ValueError, KeyError, TypeError, OSError, EOFError) as e:
            faults = ["it cannot be read: %r" % e]
        for fault in faults:
            print("PROBLEM", fault)
        sys.exit(1 if faults else 0)
