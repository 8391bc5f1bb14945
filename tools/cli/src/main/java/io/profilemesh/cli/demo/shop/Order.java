package io.profilemesh.cli.demo.shop;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An order of one product.
 *
 * @param unitPrice euros, discount included
 * @param total quantity times unit price
 * @param shippedOn null until the parcel has left
 */
public record Order(
    long id,
    long customerId,
    int productId,
    int quantity,
    BigDecimal unitPrice,
    BigDecimal total,
    String status,
    Instant orderedAt,
    LocalDate orderDay,
    @Nullable LocalDate shippedOn) {}
