"""Torture messages after RFC 4475: each of its cases, written anew for a server on loopback.

`{server}` stands for the server's address, `{me}` for the sender's.
"""

# ruff: noqa: E501 - a message reads best as it stands on the wire
VIA = "Via: SIP/2.0/UDP {me};branch=z9hG4bK"

SDP = "v=0\r\no=mhandley 29739 7272939 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 49217 RTP/AVP 0 12\r\n"


def request(
    name: str,
    start: str,
    *lines: str,
    body: str = "",
    method: str = "INVITE",
    length: str | None = None,
    without: frozenset[str] = frozenset(),
) -> tuple[str, bytes]:
    """A message with the usual headers, plus or instead `lines`, less those `without`."""
    usual = {
        "Via": VIA + name,
        "Max-Forwards": "Max-Forwards: 70",
        "To": "To: sip:watson@{server}",
        "From": "From: sip:caller@{me};tag=" + name,
        "Call-ID": f"Call-ID: {name}.torture",
        "CSeq": f"CSeq: 8 {method}",
        "Contact": "Contact: <sip:caller@{me}>",
    }
    given = {line.split(":")[0].strip() for line in lines}
    kept = [line for key, line in usual.items() if key not in given and key not in without]
    if body and "Content-Type" not in given:
        kept.append("Content-Type: application/sdp")
    size = len(body) if length is None else length
    if "Content-Length" not in without and "Content-Length" not in given:
        kept.append(f"Content-Length: {size}")
    text = "\r\n".join([start, *kept, *lines]) + "\r\n\r\n" + body
    return name, text.encode("utf-8", "surrogateescape")


INVITE = "INVITE sip:watson@{server} SIP/2.0"
LONG = "unreallyreallyreallylong" * 40

VALID = [
    (
        "wsinv",
        (
            b"INVITE sip:vivekg@{server};unknownparam SIP/2.0\r\n"
            b"TO :\r\n sip:vivekg@{server} ;   tag    = 1918181833n\r\n"
            b'from   : "J Rosenberg \\\\\\""       <sip:jdrosen@{me}>\r\n  ;\r\n  tag = 98asjd8\r\n'
            b"MaX-fOrWaRdS: 0068\r\nCall-ID: wsinv.ndaksdj@192.0.2.1\r\nContent-Length   : 0\r\n"
            b"cseq: 0009\r\n  INVITE\r\nVia  : SIP  /   2.0\r\n /UDP\r\n    {me};branch=390skdjuw\r\n"
            b"s :\r\nNewFangledHeader:   newfangled value\r\n continued newfangled value\r\n"
            b"UnknownHeaderWithUnusualValue: ;;,,;;,;\r\n"
            b"v:  SIP  / 2.0  / TCP     spindle.example.com   ;\r\n  branch  =   z9hG4bK9ikj8  ,\r\n"
            b" SIP  /    2.0   / UDP  {me}   ; branch=\r\n z9hG4bK30239\r\n"
            b'm:"Quoted string \\"\\"" <sip:jdrosen@{me}> ; newparam =\r\n      newvalue ;\r\n'
            b"  secondparam ; q = 0.33\r\n\r\n"
        ),
    ),
    request(
        "intmeth",
        "!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:"
        "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@{server} SIP/2.0",
        "To: \"BEL:\x07 NUL:\\\x00 DEL:\x7f\" <sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@{server}>",
        'From: token1~` token2\'+_ token3*%!.- <sip:mundane@{me}>;fromParam\'\'~+*_!.-%="\u0440\u0430\u0431";tag=_token~1\'+`*%!-.',
        "extensionHeader-!.%*+_`'~:\ufeff\u5927\u505c\u96fb",
        method="!interesting-Method0123456789_*+`.%indeed'~",
    ),
    request("esc01", "INVITE sip:sips%3Auser%40example.com@{server} SIP/2.0", "To: sip:%75se%72@{server}"),
    request("escnull", "REGISTER sip:{server} SIP/2.0", "To: sip:null-%00-null@{server}",
            "Contact: <sip:%00@{me}>", "Contact: <sip:%00%00@{me}>", method="REGISTER"),
    request("esc02", "RE%47IST%45R sip:registrar.{server} SIP/2.0", 'To: "%Z%45" <sip:resource@{server}>', method="RE%47IST%45R"),
    request("lwsdisp", "OPTIONS sip:user@{server} SIP/2.0", "From: caller<sip:caller@{me}>;tag=323", method="OPTIONS"),
    request("longreq", "INVITE sip:user@{server} SIP/2.0",
            f'To: "I have a user name of {LONG}" <sip:user@{{server}}:6000;unknownparam1={LONG};longparam>',
            f"Unknown-{LONG}: {LONG}", f"Call-ID: longreq.one{LONG}", f"Via: SIP/2.0/UDP {{me}};branch=z9hG4bK{LONG}"),
    request("dblreq", "REGISTER sip:{server} SIP/2.0", method="REGISTER", body="INVITE sip:joe@{server} SIP/2.0\r\n\r\n", length="0"),
    request("semiuri", "OPTIONS sip:user;par=u%40example.net@{server} SIP/2.0", method="OPTIONS"),
    request("transports", "OPTIONS sip:user@{server} SIP/2.0", VIA + "t1", "Via: SIP/2.0/SCTP {me};branch=z9hG4bKkl1",
            "Via: SIP/2.0/TLS {me};branch=z9hG4bK1", "Via: SIP/2.0/UNKNOWN {me};branch=z9hG4bK2", method="OPTIONS"),
    request("mpart01", "MESSAGE sip:kumiko@{server} SIP/2.0", "Content-Type: multipart/mixed;boundary=7a9cbec02ceef655",
            method="MESSAGE", body="--7a9cbec02ceef655\r\nContent-Type: text/plain\r\n\r\nHello\r\n--7a9cbec02ceef655\r\n"
            "Content-Type: application/octet-stream\r\n\r\n\x00\x01\x02\r\n--7a9cbec02ceef655--\r\n"),
    ("unreason", b"SIP/2.0 200 = 2**3 * 5**2 \xd0\xbd\xd0\xbe\r\nVia: SIP/2.0/UDP {me};branch=z9hG4bK1324923\r\n"
     b"Call-ID: unreason.1234ksdfak3j2erwedfsASdf\r\nCSeq: 35 INVITE\r\nFrom: sip:user@{me};tag=11141343\r\n"
     b"To: sip:user@{server};tag=2229\r\nContent-Length: 0\r\n\r\n"),
    ("noreason", b"SIP/2.0 100 \r\nVia: SIP/2.0/UDP {me};branch=z9hG4bK1325\r\nCall-ID: noreason.asndj203insdf99223ndf\r\n"
     b"CSeq: 35 INVITE\r\nFrom: <sip:user@{me}>;tag=39ansfi3\r\nTo: <sip:user@{server}>;tag=902jndnke3\r\nContent-Length: 0\r\n\r\n"),
]  # fmt: skip

INVALID = [
    request("badinv01", INVITE, 'To: sip:j.user@{server};tag=1;;,;,,', "Contact: \"Joe\" <sip:joe@{me}>;;;;", VIA + "b;;,;,,"),
    request("clerr", INVITE, body=SDP, length="9999"),
    request("ncl", INVITE, body=SDP, length="-999"),
    request("scalar02", "REGISTER sip:{server} SIP/2.0", "CSeq: 36893488147419103232 REGISTER", "Max-Forwards: 300",
            "Expires: 1000000000000000000000", "Contact: <sip:user@{me}>;expires=280297596632815", method="REGISTER"),
    ("scalarlg", b"SIP/2.0 503 Service Unavailable\r\nVia: SIP/2.0/UDP {me};branch=z9hG4bKzzxdiwo34sw\r\nTo: <sip:user@{me}>\r\n"
     b"From: <sip:other@{me}>;tag=2easdjfejw\r\nCSeq: 9292394834772304023312 OPTIONS\r\nCall-ID: scalarlg.noase0of0234hn2qofoaf\r\n"
     b"Retry-After: 949302838503028349304023988\r\nWarning: 1812 overture \"In Progress\"\r\nContent-Length: 0\r\n\r\n"),
    request("quotbal", INVITE, 'To: "Mr. J. User <sip:j.user@{server}>'),
    request("ltgtruri", "INVITE <sip:user@{server}> SIP/2.0"),
    request("lwsruri", "INVITE sip:user@{server}; lr SIP/2.0"),
    request("lwsstart", "INVITE  sip:user@{server}  SIP/2.0"),
    request("trws", "OPTIONS sip:remote-target@{server} SIP/2.0  ", method="OPTIONS"),
    request("escruri", "INVITE sip:user@{server}?Route=%3Csip:sip.example.com%3E SIP/2.0"),
    request("baddate", INVITE, "Date: Fri, 01 Jan 2010 16:00:00 EST"),
    request("regbadct", "REGISTER sip:{server} SIP/2.0", "Contact: sip:user@{me}?Route=%3Csip:sip.example.com%3E", method="REGISTER"),
    request("badaspec", "OPTIONS sip:user@{server} SIP/2.0", 'To: "Watson, Thomas" < sip:t.watson@{server} >', method="OPTIONS"),
    request("baddn", "OPTIONS sip:t.watson@{server} SIP/2.0", "From: Bell, Alexander <sip:a.g.bell@{me}>;tag=43", method="OPTIONS"),
    request("badvers", "OPTIONS sip:t.watson@{server} SIP/7.0", "Via: SIP/7.0/UDP {me};branch=z9hG4bKkdjuw", method="OPTIONS"),
    request("mismatch01", "OPTIONS sip:user@{server} SIP/2.0", "CSeq: 8 INVITE", method="OPTIONS"),
    request("mismatch02", "NEWMETHOD sip:user@{server} SIP/2.0", "CSeq: 8 INVITE", method="NEWMETHOD"),
    ("bigcode", b"SIP/2.0 4294967301 better not break the receiver\r\nVia: SIP/2.0/UDP {me};branch=z9hG4bK34\r\nCall-ID: bigcode.1\r\n"
     b"CSeq: 353494 INVITE\r\nFrom: <sip:user@{me}>;tag=39ansfi3\r\nTo: <sip:user@{server}>;tag=902jndnke3\r\nContent-Length: 0\r\n\r\n"),
]  # fmt: skip

SEMANTICS = [
    request("badbranch", "OPTIONS sip:user@{server} SIP/2.0", "Via: SIP/2.0/UDP {me};branch=z9hG4bK", method="OPTIONS"),
    request("insuf", INVITE, without=frozenset({"Call-ID", "From", "To"})),
    request("unkscm", "OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0", method="OPTIONS"),
    request("novelsc", "OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0", method="OPTIONS"),
    request("unksm2", "REGISTER sip:{server} SIP/2.0", "To: isbn:2983792873", "From: <http://www.example.com>;tag=3234",
            "Contact: <name:John_Smith>", method="REGISTER"),
    request("bext01", "OPTIONS sip:user@{server} SIP/2.0", "Require: nothingSupportsThis, nothingSupportsThisEither",
            "Proxy-Require: noProxiesSupportThis", method="OPTIONS"),
    request("invut", INVITE, "Content-Type: application/unknownformat", body="<audio>\r\n <pcmu port=\"443\"/>\r\n</audio>\r\n"),
    request("regaut01", "REGISTER sip:{server} SIP/2.0", "Authorization: NoOneKnowsThisScheme opaque-data=here", method="REGISTER"),
    request("multi01", INVITE, "CSeq: 5 INVITE", "CSeq: 59 INVITE", "Call-ID: multi01.1", "Call-ID: multi01.2",
            "To: sip:a@{server}", "To: sip:b@{server}", "From: sip:a@{me};tag=1", "From: sip:b@{me};tag=2",
            "Max-Forwards: 70", "Max-Forwards: 5", "Contact: <sip:a@{me}>", body=SDP),
    request("mcl01", "OPTIONS sip:user@{server} SIP/2.0", "Content-Length: 13", "Content-Length: 5", method="OPTIONS", body="There's no way"),
    ("bcast", b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923\r\nVia: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK\r\n"
     b"Call-ID: bcast.0384840201234ksdfak3j2erwedfsASdf\r\nCSeq: 35 INVITE\r\nFrom: sip:user@{me};tag=11141343\r\n"
     b"To: sip:user@{server};tag=2229\r\nContent-Length: 0\r\nContact: <sip:user28@{me}>\r\n\r\n"),
    request("zeromf", "OPTIONS sip:user@{server} SIP/2.0", "Max-Forwards: 0", method="OPTIONS"),
    request("cparam01", "REGISTER sip:{server} SIP/2.0", "Contact: sip:+19725552222@{me};unknownparam", method="REGISTER"),
    request("cparam02", "REGISTER sip:{server} SIP/2.0", "Contact: <sip:+19725552222@{me};unknownparam>", method="REGISTER"),
    request("regescrt", "REGISTER sip:{server} SIP/2.0", "Contact: <sip:user@{me}?Route=%3Csip:sip.example.com%3E>", method="REGISTER"),
    request("sdp01", INVITE, "Accept: text/nobodyKnowsThis", body=SDP),
    ("inv2543", b"INVITE sip:UserB@{server} SIP/2.0\r\nVia: SIP/2.0/UDP {me}\r\nFrom: <sip:UserA@{me}>\r\nTo: <sip:UserB@{server}>\r\n"
     b"Call-ID: inv2543.1717@ift.client.example.com\r\nCSeq: 56 INVITE\r\nContent-Type: application/sdp\r\n\r\n" + SDP.encode()),
]  # fmt: skip

TORTURE = VALID + INVALID + SEMANTICS


def for_sending(message: bytes, server: str, me: str) -> bytes:
    """The message with the addresses of this run."""
    return message.replace(b"{server}", server.encode()).replace(b"{me}", me.encode())
