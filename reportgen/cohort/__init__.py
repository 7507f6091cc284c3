"""Many owners' workbooks: a site for each, made through one executor, and an overview across them.

A worker gets paths, never rows. What one site takes belongs to ``run``; what an owner gives to the
overview is worked out with her report (``report/across.py``); what is printed belongs to ``cli``.
"""
