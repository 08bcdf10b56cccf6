"""The console at `/admin/`: pages made here, complete without scripts; `routes.py` lists them."""
