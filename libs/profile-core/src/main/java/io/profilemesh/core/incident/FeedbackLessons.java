package io.profilemesh.core.incident;

import io.profilemesh.core.drift.Change;
import io.profilemesh.core.drift.Evaluation;
import io.profilemesh.core.drift.Finding;
import io.profilemesh.core.drift.Judgement;
import io.profilemesh.core.drift.MeasuredNumbers;
import io.profilemesh.core.drift.StrategyKind;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What people said of incidents, put to use on a later run of the dataset. A function of what it is
 * given.
 *
 * <p>{@code EXPECTED}: the runs of the incident are normal. What they measured lies within bounds,
 * and so does all between it and what is forecast; once the forecast has followed, nothing is wider
 * than before. {@code FALSE_POSITIVE}: the bounds of the column's metric group are as wide as the
 * deviation was, with some room, either way.
 */
public final class FeedbackLessons {

  private final Function<IncidentKey, List<Incident>> known;
  private final Map<RunId, TableProfile> normal;
  private final IncidentRules rules;

  /**
   * An evaluation after feedback was heard.
   *
   * @param tolerated findings that are none any more
   */
  public record Heard(Evaluation evaluation, List<Finding> tolerated) {

    public Heard {
      tolerated = List.copyOf(tolerated);
    }
  }

  /**
   * For one dataset.
   *
   * @param known incidents of a key
   * @param normal remembered runs of incidents that were expected
   */
  public FeedbackLessons(
      Function<IncidentKey, List<Incident>> known,
      Map<RunId, TableProfile> normal,
      IncidentRules rules) {
    this.known = known;
    this.normal = Map.copyOf(normal);
    this.rules = rules;
  }

  /** Takes away what is tolerated and widens the ranges that feedback widened. */
  public Heard hear(Evaluation evaluation) {
    List<Judgement> wider = evaluation.judgements().stream().map(this::widened).toList();
    List<Finding> findings = new ArrayList<>();
    List<Finding> tolerated = new ArrayList<>();
    for (Finding finding : evaluation.findings()) {
      (isTolerated(finding, evaluation, wider) ? tolerated : findings).add(finding);
    }
    return new Heard(evaluation.with(findings, wider), tolerated);
  }

  private boolean isTolerated(Finding finding, Evaluation evaluation, List<Judgement> wider) {
    IncidentKey key = IncidentKey.of(finding);
    boolean pinned = evaluation.baseline().strategy() == StrategyKind.PINNED;
    for (Incident incident : known.apply(key)) {
      Feedback feedback = incident.care().feedback();
      if (feedback == null || feedback == Feedback.CONFIRMED) {
        continue;
      }
      if (finding.change() instanceof Change.OfText text) {
        // Against the accepted schema, whatever differs is a change of its own.
        if (pinned && incident.scale().changes().contains(Sighting.change(finding, text))) {
          return true;
        }
      } else if (feedback == Feedback.FALSE_POSITIVE
          ? finding.reach() < incident.scale().largest() * rules.materialFactor()
          : isNormal(finding, key, incident, evaluation.judgements(), wider)) {
        return true;
      }
    }
    return false;
  }

  /** Whether all that is out of bounds is as it was in runs that were expected. */
  private boolean isNormal(
      Finding finding,
      IncidentKey key,
      Incident incident,
      List<Judgement> judged,
      List<Judgement> wider) {
    boolean leads = false;
    for (int i = 0; i < judged.size(); i++) {
      Judgement judgement = judged.get(i);
      if (!key.equals(IncidentKey.of(judgement)) || judgement.isWithin()) {
        continue;
      }
      boolean isLead = judgement.metric().equals(finding.metric());
      leads |= isLead;
      if (isMeasured(judgement, incident)) {
        if (!wider.get(i).isWithin()) {
          return false;
        }
      } else if (isLead && !isLikely(finding, incident)) {
        return false;
      }
    }
    return leads || isLikely(finding, incident);
  }

  /**
   * What cannot be measured of one run alone, such as a distance: bounds that were learned reach as
   * far as the runs that are normal, as long as these are remembered.
   */
  private boolean isLikely(Finding finding, Incident incident) {
    boolean isKnown = incident.course().touched().stream().anyMatch(normal::containsKey);
    return !(finding.isLearned() && isKnown) && isLike(finding, incident);
  }

  private boolean isMeasured(Judgement judgement, Incident incident) {
    return incident.course().touched().stream().anyMatch(run -> number(run, judgement).isPresent());
  }

  /** The same metric, moved the same way and not materially further. */
  private boolean isLike(Finding finding, Incident incident) {
    Change.OfNumber number = finding.change() instanceof Change.OfNumber moved ? moved : null;
    return number != null
        && finding.metric().equals(incident.origin().metric())
        && finding.reach() < incident.scale().largest() * rules.materialFactor()
        && direction(incident.origin().baseline(), incident.origin().current())
            == direction(number.baseline(), number.current());
  }

  private static int direction(@Nullable Double before, @Nullable Double after) {
    return before == null || after == null ? 0 : (int) Math.signum(after - before);
  }

  private Judgement widened(Judgement judgement) {
    Judgement wider = judgement;
    for (Incident incident : known.apply(IncidentKey.of(judgement))) {
      Feedback feedback = incident.care().feedback();
      if (feedback == Feedback.EXPECTED) {
        wider = expected(wider, judgement, incident);
      } else if (feedback == Feedback.FALSE_POSITIVE) {
        wider = falselyFound(wider, incident);
      }
    }
    return wider;
  }

  /** The range around each normal number is as wide as around the forecast. */
  private Judgement expected(Judgement wider, Judgement judgement, Incident incident) {
    Judgement range = wider;
    for (RunId run : incident.course().touched()) {
      OptionalDouble number = number(run, judgement);
      if (number.isPresent()) {
        double value = number.getAsDouble();
        range =
            range.within(
                value - (judgement.baseline() - judgement.lower()),
                value + (judgement.upper() - judgement.baseline()));
      }
    }
    return range;
  }

  private Judgement falselyFound(Judgement judgement, Incident incident) {
    Double before = incident.origin().baseline();
    Double after = incident.origin().current();
    if (before == null
        || after == null
        || !Objects.equals(judgement.metric(), incident.origin().metric())) {
      return judgement;
    }
    double room = Math.abs(after - before) * rules.materialFactor();
    return judgement.within(judgement.baseline() - room, judgement.baseline() + room);
  }

  private OptionalDouble number(RunId run, Judgement judgement) {
    TableProfile profile = normal.get(run);
    return profile == null
        ? OptionalDouble.empty()
        : MeasuredNumbers.of(profile, judgement.column(), judgement.metric());
  }
}
