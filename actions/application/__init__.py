"""Use cases: knows the domain and ports, never an adapter."""
