"""Writes a district as a delivery: one Parquet file a table, every row with its line and a row_id of its own."""

import hashlib

from tillit.catalogue import PROVENANCE, STORED, Catalogue
from tillit.demo.drawn.district import District
from tillit.store import Delivery, Store
from tillit.store.delivery import delivery_number


def write_delivery(store: Store, catalogue: Catalogue, district: District, *, name: str) -> Delivery:
    """Stores the district's tables. The same name gives the same delivery."""
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    delivery = Delivery(sha256, name, 0, delivery_number(sha256), source="drawn", source_title="Slumpvis dragen stad")
    with store.draft(delivery) as draft:
        before = 0
        for table, held in catalogue.tables.items():
            count = int(district.rows(f'SELECT COUNT(*) FROM "{table}"')[0][0])
            if not count:
                continue
            columns = ", ".join(
                f'CAST("{column}" AS {STORED[one.type]}) AS "{column}"' for column, one in held.columns.items()
            )
            district.run(
                f"""COPY (
                  SELECT {columns}, CAST({delivery.row_id(before)} + n AS {PROVENANCE["row_id"]}) AS row_id,
                    CAST(n AS {PROVENANCE["line"]}) AS line
                  FROM (SELECT *, ROW_NUMBER() OVER () AS n FROM "{table}")
                ) TO '{draft / table}.parquet' (FORMAT parquet, COMPRESSION zstd)"""
            )
            delivery.rows[table] = count
            before += count
        delivery.lines_read = delivery.lines_stored = before
    return delivery
