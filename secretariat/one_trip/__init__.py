"""Many rows in one trip to the database, for the one place where a caller waits for the answer.

`asking`: query sets of the ORM, compiled once into a single statement and asked again with other values.
`writing`: unsaved rows of several tables, written by a single statement.
Columns come from the models and conditions from the query sets, so neither is said twice: a new column
or condition needs nothing here.
"""
