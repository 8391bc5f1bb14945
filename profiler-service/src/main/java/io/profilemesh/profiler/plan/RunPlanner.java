package io.profilemesh.profiler.plan;

import io.profilemesh.configuration.DatasetConfig;
import io.profilemesh.configuration.PlanConfig;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.profiler.dialect.RelationKind;
import io.profilemesh.profiler.dialect.TableLook;
import io.profilemesh.profiler.plan.Decision.Kind;
import io.profilemesh.profiler.source.TableLooks;
import io.profilemesh.schema.RunOptions;
import io.profilemesh.schema.Sampling;
import io.profilemesh.schema.SamplingMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is read of a dataset. A pure function of what is known: asks nobody, keeps nothing.
 */
public final class RunPlanner {

  private static final String NO_SIGN = "The engine gives no sign of its changes.";
  private static final double SMALLEST_SHARE = 1e-6;

  private RunPlanner() {}

  /**
   * What is asked.
   *
   * @param sliceEnd end of the period that is meant, or null for a whole table
   * @param options what the request wants, or null
   * @param maySkip whether an unchanged table may be left alone: never when somebody asked
   */
  public record Question(
      DatasetId dataset,
      RelationKind relation,
      @Nullable Instant sliceEnd,
      DatasetConfig config,
      @Nullable RunOptions options,
      boolean maySkip) {}

  /**
   * What is known.
   *
   * @param looks of the source; null when it could not be asked
   * @param look of the table; null when the source could not be asked or gives no sign of changes
   * @param lastScan newest scan by the configuration
   * @param sourceRate seconds per row over all tables of the source
   */
  public record Knowledge(
      @Nullable TableLooks looks,
      @Nullable TableLook look,
      Optional<LastScan> lastScan,
      OptionalDouble sourceRate,
      Instant now) {}

  /** The decision. */
  public static Decision decide(Question question, Knowledge known) {
    Cost full = full(known);
    String token = known.look() == null ? null : known.look().token();
    String reading = whyRead(question, known);
    if (reading == null) {
      LastScan last = known.lastScan().orElseThrow();
      String unchanged = "Unchanged since the run of " + time(last.startedAt()) + '.';
      return new Decision(Kind.SKIP, unchanged, token, null, Cost.NOTHING, full);
    }
    if (question.dataset().slice() != null) {
      Cost cost = known.lastScan().map(last -> past(last)).orElse(Cost.UNKNOWN);
      return new Decision(Kind.SLICE, reading, token, null, cost, full);
    }
    return sampled(question, known, reading, token, full);
  }

  private static Decision sampled(
      Question question, Knowledge known, String reading, @Nullable String token, Cost full) {
    if (question.options() != null && question.options().getSampling() != null) {
      return asked(question.options().getSampling(), reading, token, full);
    }
    DatasetConfig config = question.config();
    double configured = config.sampling().fraction();
    Double share = shareWithin(config.plan(), full, configured);
    if (share != null && isSampleable(question.relation())) {
      boolean blocks = known.looks() != null && known.looks().capabilities().blockSampling();
      Sampling sampling =
          Sampling.newBuilder()
              .setMethod(blocks ? SamplingMethod.BLOCK : SamplingMethod.BERNOULLI)
              .setFraction(share)
              .build();
      return new Decision(
          Kind.SAMPLE,
          reading + ' ' + limit(config.plan()),
          token,
          sampling,
          full.times(share),
          full);
    }
    Long rowLimit = config.sampling().rowLimit();
    boolean sample = configured < 1 || rowLimit != null;
    return new Decision(
        sample ? Kind.SAMPLE : Kind.FULL,
        reading,
        token,
        null,
        full.times(rowLimit == null ? configured : shareOf(rowLimit, full)),
        full);
  }

  private static Decision asked(
      Sampling sampling, String reading, @Nullable String token, Cost full) {
    Long rowLimit = sampling.getRowLimit();
    boolean all = sampling.getMethod() == SamplingMethod.NONE && rowLimit == null;
    double share = rowLimit == null ? sampling.getFraction() : shareOf(rowLimit, full);
    return new Decision(
        all ? Kind.FULL : Kind.SAMPLE, reading, token, null, full.times(all ? 1 : share), full);
  }

  private static double shareOf(long rows, Cost full) {
    Long all = full.rows();
    return all == null || all == 0 ? 1 : Math.min(1, (double) rows / all);
  }

  /** Why the table has to be read; null: it need not. */
  private static @Nullable String whyRead(Question question, Knowledge known) {
    DatasetConfig config = question.config();
    Optional<LastScan> scan = known.lastScan();
    if (!question.maySkip()) {
      return "Asked for, which always reads.";
    }
    if (!config.plan().skipUnchanged()) {
      return "Unchanged tables are read too, as configured.";
    }
    if (config.dataAgeColumn() != null) {
      return "The age of its data is measured, which grows while nothing changes.";
    }
    if (known.looks() == null) {
      return "The source could not be asked whether it changed.";
    }
    TableLook look = known.look();
    if (look == null || look.token() == null) {
      String why = look == null ? null : look.whyNoToken();
      return why == null ? NO_SIGN : why;
    }
    return scan.isEmpty()
        ? "Not read before as configured."
        : whyReadAgain(
            question, look.token(), known.looks().quietMargin(), scan.get(), known.now());
  }

  private static @Nullable String whyReadAgain(
      Question question, String token, Duration margin, LastScan last, Instant now) {
    DatasetConfig config = question.config();
    if (question.sliceEnd() != null && !question.sliceEnd().equals(last.sliceEnd())) {
      return "The period up to " + time(question.sliceEnd()) + " was not read before.";
    }
    if (!last.settings().equals(ProfileSettings.hash(config))) {
      return "Its settings are others than at the run of " + time(last.startedAt()) + '.';
    }
    if (!token.equals(last.token())) {
      return "Changed since the run of " + time(last.startedAt()) + '.';
    }
    if (Duration.between(last.lookedAt(), now).compareTo(margin) < 0) {
      return "The last run was less than "
          + margin.toSeconds()
          + " s ago: the source may not show yet what changed since.";
    }
    Duration rescanAfter = config.plan().rescanAfter();
    return rescanAfter != null && !now.isBefore(last.startedAt().plus(rescanAfter))
        ? "Unchanged, but the run of " + time(last.startedAt()) + " is too old, as configured."
        : null;
  }

  /** The share that keeps the limits; null where there are none, or what is read is within them. */
  private static @Nullable Double shareWithin(PlanConfig plan, Cost full, double configured) {
    double share = configured;
    Long maxRows = plan.maxRows();
    Long maxBytes = plan.maxBytes();
    if (maxRows != null && full.rows() != null && full.rows() > 0) {
      share = Math.min(share, (double) maxRows / full.rows());
    }
    if (maxBytes != null && full.bytes() != null && full.bytes() > 0) {
      share = Math.min(share, (double) maxBytes / full.bytes());
    }
    return share < configured ? Double.valueOf(Math.max(SMALLEST_SHARE, share)) : null;
  }

  private static String limit(PlanConfig plan) {
    String rows = plan.maxRows() == null ? "" : plan.maxRows() + " rows";
    String bytes = plan.maxBytes() == null ? "" : plan.maxBytes() + " bytes";
    String and = rows.isEmpty() || bytes.isEmpty() ? "" : " or ";
    return "It is larger than the limit of " + rows + and + bytes + ", so a sample is read.";
  }

  private static boolean isSampleable(RelationKind relation) {
    return switch (relation) {
      case TABLE, PARTITIONED_TABLE, MATERIALIZED_VIEW -> true;
      case VIEW, FOREIGN_TABLE -> false;
    };
  }

  private static Cost full(Knowledge known) {
    TableLook look = known.look();
    if (look == null) {
      return Cost.UNKNOWN;
    }
    Long rows = look.rows();
    Double seconds = null;
    if (rows != null) {
      OptionalDouble rate =
          known
              .lastScan()
              .map(RunPlanner::rate)
              .filter(OptionalDouble::isPresent)
              .orElse(known.sourceRate());
      seconds = rate.isPresent() ? Double.valueOf(rows * rate.getAsDouble()) : null;
    }
    return new Cost(rows, look.bytes(), seconds);
  }

  private static OptionalDouble rate(LastScan last) {
    return last.rowsScanned() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(last.took().toMillis() / 1000.0 / last.rowsScanned());
  }

  private static Cost past(LastScan last) {
    return new Cost(last.rowsScanned(), null, last.took().toMillis() / 1000.0);
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
