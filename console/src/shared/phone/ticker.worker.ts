/** A clock that runs on in tabs that are not looked at: browsers slow the page's own timers to one a minute. */
setInterval(() => postMessage(0), 1000);
