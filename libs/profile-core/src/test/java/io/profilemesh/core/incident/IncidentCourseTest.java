package io.profilemesh.core.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.drift.DriftKind;
import io.profilemesh.core.drift.Severity;
import io.profilemesh.core.incident.Announcement.State;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IncidentCourseTest {

  private static final DatasetId ORDERS = DatasetId.of("shop", "public", "orders");
  private static final Instant START = Instant.parse("2026-03-02T06:00:00Z");
  private static final IncidentKey EMAIL = new IncidentKey(new ColumnName("email"), "completeness");
  private static final IncidentIds IDS =
      new IncidentIds() {
        @Override
        public String incident(IncidentKey key, String openingEvent) {
          return "incident of " + openingEvent;
        }

        @Override
        public String resolution(Incident incident) {
          return "end of " + incident.id();
        }
      };

  private final IncidentCourse course = new IncidentCourse(IncidentRules.DEFAULT);

  @Test
  void shouldOpenWhenAFindingIsTheFirst() {
    // when
    Step step = course.found(List.of(), run(1), List.of(nulls(1, 2, 60)));

    // then
    assertThat(states(step)).containsExactly(State.OPENED);
    Incident incident = incident(step);
    assertThat(incident.isOpen()).isTrue();
    assertThat(incident.revision()).isEqualTo(1);
    assertThat(incident.origin().at()).isEqualTo(day(1));
    assertThat(incident.scale().told()).isEqualTo(Severity.HIGH);
  }

  @Test
  void shouldStaySilentWhenTheSameDriftGoesOn() {
    // given
    Incident open = opened(nulls(1, 2, 60));

    // when
    Step step = course.found(List.of(open), run(2), List.of(nulls(2, 2, 66)));

    // then
    assertThat(step.announcements()).isEmpty();
    assertThat(incident(step).course().runs()).isEqualTo(2);
    assertThat(incident(step).revision()).isEqualTo(2);
    assertThat(incident(step).course().event()).isEqualTo("event-2");
  }

  @Test
  void shouldTellWhenItGrowsMateriallyOrMoreSevere() {
    // given
    Incident open = opened(nulls(1, 2, 12));

    // when
    Step larger = course.found(List.of(open), run(2), List.of(nulls(2, 2, 28)));
    Step alike = course.found(List.of(incident(larger)), run(3), List.of(nulls(3, 2, 30)));

    // then
    assertThat(states(larger)).containsExactly(State.UPDATED);
    assertThat(incident(larger).scale().highest()).isEqualTo(Severity.MEDIUM);
    assertThat(alike.announcements()).isEmpty();
  }

  @Test
  void shouldTellOnceWhenItSwingsAroundAThreshold() {
    // given
    Incident open = opened(nulls(1, 2, 18));
    List<State> told = new ArrayList<>();

    // when
    for (int day = 2; day < 12; day++) {
      Step step =
          course.found(List.of(open), run(day), List.of(nulls(day, 2, day % 2 == 0 ? 16 : 18)));
      told.addAll(states(step));
      open = incident(step);
    }

    // then
    assertThat(told).isEmpty();
    assertThat(open.course().runs()).isEqualTo(11);
  }

  @Test
  void shouldResolveWhenARunIsWithinBounds() {
    // given
    Incident open = opened(nulls(1, 2, 60));

    // when
    Step step = course.calm(List.of(open), run(2), new Reading("null_percent", 1, 4, 2.25));

    // then
    assertThat(states(step)).containsExactly(State.RESOLVED);
    assertThat(incident(step).isOpen()).isFalse();
    assertThat(incident(step).course().resolved()).isEqualTo(day(2).plusSeconds(5));
    assertThat(incident(step).course().message())
        .isEqualTo(
            "email of orders, completeness: null_percent is 2.25, within the 1 to 4 expected; the"
                + " incident of 2026-03-03 06:00 UTC is over after 1 run.");
  }

  @Test
  void shouldSayThatTheNumberStayedWhenOnlyTheBaselineMoved() {
    // when
    Step step =
        course.calm(
            List.of(opened(nulls(1, 2, 60))), run(2), new Reading("null_percent", 58, 62, 60));

    // then
    assertThat(incident(step).course().message()).contains("what was news is the baseline now");
  }

  @Test
  void shouldWaitForEnoughRunsWhenHysteresisIsAskedFor() {
    // given
    IncidentCourse patient = new IncidentCourse(new IncidentRules(2, 1.5, Duration.ofDays(1)));
    Incident open = incident(patient.found(List.of(), run(1), List.of(nulls(1, 2, 60))));

    // when
    Step first = patient.calm(List.of(open), run(2), null);
    Step relapse = patient.found(List.of(incident(first)), run(3), List.of(nulls(3, 2, 60)));
    Step again = patient.calm(List.of(incident(relapse)), run(4), null);
    Step last = patient.calm(List.of(incident(again)), run(5), null);

    // then
    assertThat(List.of(states(first), states(relapse), states(again), states(last)))
        .containsExactly(List.of(), List.of(), List.of(), List.of(State.RESOLVED));
  }

  @Test
  void shouldResolveWithTheFindingWhenTheNumberComesBack() {
    // when: against the run before, the way back is as large a change as the way there
    Step step = course.found(List.of(opened(nulls(1, 2, 60))), run(2), List.of(nulls(2, 60, 3)));

    // then
    assertThat(states(step)).containsExactly(State.RESOLVED);
    assertThat(step.announcements().get(0).sighting()).isNotNull();
    assertThat(incident(step).course().event()).isEqualTo("event-2");
  }

  @Test
  void shouldLeaveAnOpenIncidentAloneWhenARunIsLate() {
    // given
    Incident open = opened(nulls(5, 2, 60));

    // when
    Step found = course.found(List.of(open), run(3), List.of(nulls(3, 2, 95)));
    Step calm = course.calm(List.of(open), run(4), null);

    // then
    assertThat(found.changed()).isFalse();
    assertThat(found.incident()).isEqualTo(open);
    assertThat(calm).isEqualTo(Step.NOTHING);
  }

  @Test
  void shouldJoinThePastIncidentWhenALateFindingLiesWithinIt() {
    // given
    Incident past = incident(course.calm(List.of(opened(nulls(1, 2, 60))), run(4), null));

    // when
    Step within = course.found(List.of(past), run(2), List.of(nulls(2, 2, 60)));
    Step after = course.found(List.of(past), run(5), List.of(nulls(5, 2, 60)));

    // then
    assertThat(within.incident()).isEqualTo(past);
    assertThat(within.changed()).isFalse();
    assertThat(states(after)).containsExactly(State.OPENED);
    assertThat(incident(after).id()).isNotEqualTo(past.id());
  }

  @Test
  void shouldTellAfterwardsWhenItOutlivesItsMute() {
    // given
    Step opened = course.found(List.of(), run(1), List.of(nulls(1, 2, 60)));
    Incident muted = IncidentCare.mute(incident(opened), day(4), day(1));

    // when
    Step silent = course.found(List.of(muted), run(2), List.of(nulls(2, 2, 99)));
    Step loud = course.found(List.of(incident(silent)), run(5), List.of(nulls(5, 2, 99)));

    // then
    assertThat(silent.announcements()).isEmpty();
    assertThat(states(loud)).containsExactly(State.UPDATED);
  }

  @Test
  void shouldOpenForPeopleWhenThePolicysMuteIsOver() {
    // given
    Sighting muted = muted(nulls(1, 2, 60));
    Step quiet = course.found(List.of(), run(1), List.of(muted));

    // when
    Step loud = course.found(List.of(incident(quiet)), run(2), List.of(nulls(2, 2, 60)));
    Step over = course.calm(List.of(incident(quiet)), run(2), null);

    // then
    assertThat(quiet.announcements()).isEmpty();
    assertThat(states(loud)).containsExactly(State.OPENED);
    assertThat(over.announcements()).as("nobody was told that it began").isEmpty();
    assertThat(incident(over).isOpen()).isFalse();
  }

  @Test
  void shouldTellOfEachChangeOnceWhenTheSchemaChangesTwice() {
    // given
    Incident open = incident(course.found(List.of(), run(1), List.of(schema(1, "bigint"))));

    // when
    Step same = course.found(List.of(open), run(2), List.of(schema(2, "bigint")));
    Step other = course.found(List.of(incident(same)), run(3), List.of(schema(3, "text")));

    // then
    assertThat(same.announcements()).isEmpty();
    assertThat(states(other)).containsExactly(State.UPDATED);
  }

  @Test
  void shouldEndWhenFeedbackSaysExpected() {
    // given
    Incident open = opened(nulls(1, 2, 60));

    // when
    Step step = IncidentCare.judge(open, ORDERS, Feedback.EXPECTED, day(2), IDS);

    // then
    assertThat(states(step)).containsExactly(State.RESOLVED);
    assertThat(incident(step).care().feedback()).isEqualTo(Feedback.EXPECTED);
  }

  @Test
  void shouldGoOnWhenFeedbackConfirms() {
    // when
    Step step =
        IncidentCare.judge(opened(nulls(1, 2, 60)), ORDERS, Feedback.CONFIRMED, day(2), IDS);

    // then
    assertThat(step.announcements()).isEmpty();
    assertThat(incident(step).isOpen()).isTrue();
  }

  @Property
  void shouldAlternateBetweenOpenAndResolvedWhateverComes(
      @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 3) Integer> log,
      @ForAll @IntRange(min = 1, max = 3) int hysteresis) {
    // given
    IncidentCourse any = new IncidentCourse(new IncidentRules(hysteresis, 1.5, Duration.ZERO));
    List<Incident> known = new ArrayList<>();
    boolean open = false;

    // when
    for (int day = 0; day < log.size(); day++) {
      int what = log.get(day);
      Step step =
          what == 0
              ? any.calm(known, run(day), null)
              : any.found(known, run(day), List.of(nulls(day, 2, 2 + 20.0 * what)));

      // then
      for (Announcement told : step.announcements()) {
        assertThat(told.state() == State.OPENED).isEqualTo(!open);
        open = told.state() != State.RESOLVED;
      }
      Incident now = step.incident();
      if (now != null) {
        known.stream()
            .filter(old -> old.id().equals(now.id()))
            .findFirst()
            .ifPresent(
                old ->
                    assertThat(now.revision())
                        .isEqualTo(old.revision() + (step.changed() ? 1 : 0)));
        known.removeIf(old -> old.id().equals(now.id()));
        known.add(now);
      }
      assertThat(known.stream().filter(Incident::isOpen).count()).isEqualTo(open ? 1 : 0);
    }
  }

  private Incident opened(Sighting sighting) {
    int day = Integer.parseInt(sighting.eventId().substring("event-".length()));
    return incident(course.found(List.of(), run(day), List.of(sighting)));
  }

  private static List<State> states(Step step) {
    return step.announcements().stream().map(Announcement::state).toList();
  }

  private static Incident incident(Step step) {
    @Nullable Incident incident = step.incident();
    assertThat(incident).isNotNull();
    return incident;
  }

  private static RunSeen run(int day) {
    return new RunSeen(
        ORDERS,
        RunId.derivedFrom("run-" + day),
        day(day),
        day(day).plusSeconds(5),
        "shop-team",
        List.of("shop"),
        IDS);
  }

  private static Instant day(int day) {
    return START.plus(Duration.ofDays(day));
  }

  private static Sighting nulls(int day, double before, double now) {
    double size = Math.abs(now - before) / 100;
    Severity severity = size >= 0.3 ? Severity.HIGH : size >= 0.15 ? Severity.MEDIUM : Severity.LOW;
    return new Sighting(
        "event-" + day,
        DriftKind.COMPLETENESS,
        EMAIL,
        "null_percent",
        "relative_change",
        severity,
        size,
        before,
        now,
        null,
        "a sentence",
        false);
  }

  private static Sighting muted(Sighting one) {
    return new Sighting(
        one.eventId(),
        one.kind(),
        one.key(),
        one.metric(),
        one.detector(),
        one.severity(),
        one.size(),
        one.baseline(),
        one.current(),
        one.change(),
        one.message(),
        true);
  }

  private static Sighting schema(int day, String type) {
    return new Sighting(
        "event-" + day,
        DriftKind.SCHEMA,
        new IncidentKey(new ColumnName("email"), "schema"),
        "data_type",
        "schema",
        Severity.HIGH,
        0,
        null,
        null,
        "data_type=" + type,
        "a sentence",
        false);
  }
}
