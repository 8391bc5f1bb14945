package io.profilemesh.cli.demo.shop;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A product of the shop.
 *
 * @param price in euros
 */
public record Product(
    int id,
    String sku,
    String name,
    String category,
    BigDecimal price,
    int weightGrams,
    int inStock,
    LocalDate listedOn) {}
