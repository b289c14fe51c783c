"""One script a workload; each prints JSON."""
