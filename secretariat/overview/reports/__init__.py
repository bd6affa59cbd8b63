"""How the firm has answered, over days, weeks and months: for the firm, and to each client her own share."""
