from django.db import connection
from django.test.utils import CaptureQueriesContext
def test_q(desk):
    r=desk.submit().reference
    with CaptureQueriesContext(connection) as c: desk.submit()
    print("SUBMIT",len(c)); [print("  ",q["sql"][:150]) for q in c]
    with CaptureQueriesContext(connection) as c: desk.forward(r)
    print("FORWARD",len(c)); [print("  ",q["sql"][:150]) for q in c]
    with CaptureQueriesContext(connection) as c: desk.perform(r,"refuse",desk.head,comment="x")
    print("REFUSE",len(c)); [print("  ",q["sql"][:150]) for q in c]
