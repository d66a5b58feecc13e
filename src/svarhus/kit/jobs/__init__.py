"""Work done later: told in the transaction of what causes it, done by the worker, again until it is done.

`model.py` says what a job is, `telling.py` writes it down, `worker.py` does it, `looking.py` tells how it stands.
What there is to do is in the `jobs.py` of each domain, and all of it is listed in `app/jobs.py`. A follower of the
exchange tells a job with `Write(TELL, values(job))`.
"""
