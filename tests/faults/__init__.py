"""What the fault table asks for, brought about in real parts: what was told, lost, doubled, and for how long.

`killed`: processes. `letters`: whoever issues them. `away`: brokers and the database. `tight`: locks and
the disk. `twice`: the same thing at once, and `races`. `changing`: the form under the citizen. `clocks`:
time and schedulers. `poison`: an effect that kills. `opening` and `crowd`: very many. Shared by all:
`world`, `servers`, `forked`, `count`, `table`.
"""
