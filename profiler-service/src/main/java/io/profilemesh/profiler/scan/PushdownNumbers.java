package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ComputedColumn;
import io.profilemesh.core.profile.ComputedColumn.Distribution;
import io.profilemesh.profiler.dialect.JdbcEncoding;
import io.profilemesh.profiler.dialect.PushdownDialect;
import io.profilemesh.profiler.dialect.SourceColumn;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A column of numbers. */
final class PushdownNumbers extends PushdownColumn {

  /** Digits that every double keeps. */
  private static final int DIGITS_OF_DOUBLE = 15;

  private final boolean floating;
  private final String finite;
  private final PushdownSpread spread;
  private int finiteAt;
  private int minAt;
  private int maxAt;
  private int meanAt;
  private int deviationAt;
  private int sumAt;
  private int zerosAt;
  private int negativesAt;
  private int nansAt;
  private int infinitiesAt;
  private ComputedColumn.@Nullable Numbers numbers;

  PushdownNumbers(PushdownDialect dialect, SourceColumn column, ScanRequest request) {
    super(dialect, column, request);
    this.floating = column.encoding() == JdbcEncoding.DOUBLE;
    this.finite =
        floating
            ? "CASE WHEN NOT ("
                + dialect.isNan(name)
                + ") AND NOT ("
                + dialect.isInfinite(name)
                + ") THEN "
                + name
                + " END"
            : name;
    this.spread = new PushdownSpread(dialect, finite, request.histogramBins());
  }

  @Override
  Optional<String> frequentText() {
    return Optional.of(dialect.asText(name));
  }

  @Override
  String canonical(String text) {
    try {
      return floating
          ? Double.toString(Double.parseDouble(text))
          : new BigDecimal(text).stripTrailingZeros().toPlainString();
    } catch (NumberFormatException e) {
      return text;
    }
  }

  @Override
  void selectMore(PushdownSelect select) {
    String number = dialect.asDouble(finite);
    finiteAt = select.add("COUNT(" + finite + ")");
    minAt = select.add("MIN(" + finite + ")");
    maxAt = select.add("MAX(" + finite + ")");
    meanAt = select.add("AVG(" + number + ")");
    deviationAt = select.add("STDDEV_SAMP(" + number + ")");
    sumAt = select.add(floating ? "SUM(" + number + ")" : dialect.sum(finite));
    zerosAt = select.countIf(finite + " = 0");
    negativesAt = select.countIf(finite + " < 0");
    if (floating) {
      nansAt = select.countIf(dialect.isNan(name));
      infinitiesAt = select.countIf(dialect.isInfinite(name));
    }
    spread.select(select);
  }

  @Override
  void readMore(ResultSet row) throws SQLException {
    long counted = row.getLong(finiteAt);
    BigDecimal min = number(row, minAt);
    BigDecimal max = number(row, maxAt);
    BigDecimal sum = number(row, sumAt);
    double deviation = row.getDouble(deviationAt);
    boolean spreads = !row.wasNull();
    numbers =
        new ComputedColumn.Numbers(
            counted,
            min.doubleValue(),
            digits(min),
            max.doubleValue(),
            digits(max),
            row.getDouble(meanAt),
            spreads ? deviation : Double.NaN,
            sum.doubleValue(),
            digits(sum),
            row.getLong(zerosAt),
            row.getLong(negativesAt),
            floating ? row.getLong(nansAt) : 0,
            floating ? row.getLong(infinitiesAt) : 0);
    spread.read(row, min.doubleValue(), max.doubleValue(), counted);
  }

  @Override
  void selectBins(PushdownSelect select) {
    spread.selectBins(select);
  }

  @Override
  void readBins(ResultSet row) throws SQLException {
    spread.readBins(row);
  }

  @Override
  ComputedColumn.@Nullable Values values() {
    return numbers;
  }

  @Override
  @Nullable Distribution distribution() {
    return spread.distribution(1);
  }

  /** Zero stands for null: then nothing was counted. */
  private BigDecimal number(ResultSet row, int index) throws SQLException {
    if (floating) {
      double value = row.getDouble(index);
      return Double.isFinite(value) ? new BigDecimal(value) : BigDecimal.ZERO;
    }
    BigDecimal value = row.getBigDecimal(index);
    return value == null ? BigDecimal.ZERO : value;
  }

  private @Nullable String digits(BigDecimal value) {
    return floating || value.stripTrailingZeros().precision() <= DIGITS_OF_DOUBLE
        ? null
        : value.stripTrailingZeros().toPlainString();
  }
}
