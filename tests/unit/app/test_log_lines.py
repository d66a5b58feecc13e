import json
import subprocess
import sys

SCRIPT = """
import logging, structlog
from svarhus.app.log_lines import write_json_lines
write_json_lines("info")
structlog.get_logger().info("call_taken", organisation="demo")
structlog.get_logger().debug("not shown")
try:
    1 / 0
except ZeroDivisionError:
    logging.getLogger("uvicorn.error").exception("broken %s", "thing")
"""


def test_every_line_is_an_object_whoever_writes_it() -> None:
    told = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    ours, theirs = [json.loads(line) for line in told.stdout.splitlines()]
    assert (ours["event"], ours["level"], ours["organisation"]) == ("call_taken", "info", "demo")
    assert ours["timestamp"].endswith("Z")
    assert (theirs["event"], theirs["level"], theirs["logger"]) == ("broken thing", "error", "uvicorn.error")
    assert theirs["exception"][0]["exc_type"] == "ZeroDivisionError"
