"""Google and Microsoft as a demo and the tests meet them: calendars, sign-in and push, as documented.

Nothing here leaves this computer. Each service is a core without input or output: `ask` takes a request and
returns an answer; what it would post to us waits in `notices`. Time is told by `now`.
"""
