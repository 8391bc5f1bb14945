package io.profilemesh.cli.demo.shop;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A customer of the shop.
 *
 * @param email null for the few who gave none
 * @param phone null for about one in eight
 * @param country ISO 3166 code of two letters
 */
public record Customer(
    long id,
    String fullName,
    @Nullable String email,
    @Nullable String phone,
    String country,
    String city,
    LocalDate signedUpOn,
    boolean newsletter,
    int loyaltyPoints) {}
