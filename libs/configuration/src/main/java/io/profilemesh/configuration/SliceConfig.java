package io.profilemesh.configuration;

import java.time.Period;
import java.time.temporal.TemporalAmount;

/**
 * A time slice of a table.
 *
 * @param name the part of the dataset id behind the at sign
 * @param column timestamp column that decides the period
 * @param period length of a slice: a {@link Period} or a {@link java.time.Duration}
 */
public record SliceConfig(String name, String column, TemporalAmount period) {}
