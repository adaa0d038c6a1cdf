"""How long the directory takes with very many entries: `make bench-directory` (ENTRIES= another
number of them; `ON=sqlite` or `ON=postgresql` for one database alone).

On SQLite, then on a private PostgreSQL: invented entries, spread like the people of the communes
(benchmarks.directory_entries), filled in once and kept in var/. Each line is one kind of request,
asked through Django's whole stack at ROUNDS different places, each once before: the median of
them, the best (nearest to a machine without other work), the time that this process itself had a
processor (without PostgreSQL's), and the largest answer once compressed. Beside it, in the same
run, supercluster (npm) with all points in the memory of a process of its own, without any filter.
Needs Node 18 or newer and npm; its package stays in this folder.
"""
