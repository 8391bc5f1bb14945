package io.profilemesh.profiler.plan;

import io.profilemesh.configuration.DatasetConfig;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.profiler.dialect.TableLook;
import io.profilemesh.profiler.dialect.TableRef;
import io.profilemesh.profiler.plan.RunPlanner.Knowledge;
import io.profilemesh.profiler.plan.RunPlanner.Question;
import io.profilemesh.profiler.source.TableCatalog;
import io.profilemesh.profiler.source.TableCatalog.Lookup;
import io.profilemesh.profiler.source.TableLooks;
import io.profilemesh.schema.RunOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans all datasets of a request with one look at their source. */
public final class Planning {

  private final ProfilerConfiguration configuration;
  private final TableCatalog catalog;
  private final TableStates states;
  private final Clock clock;

  public Planning(
      ProfilerConfiguration configuration, TableCatalog catalog, TableStates states, Clock clock) {
    this.configuration = configuration;
    this.catalog = catalog;
    this.states = states;
    this.clock = clock;
  }

  /**
   * A dataset to be planned.
   *
   * @param table the table it is, or is a slice of
   * @param sliceEnd end of the period that is meant, or null for a whole table
   */
  public record Subject(DatasetId dataset, TableRef table, @Nullable Instant sliceEnd) {}

  /**
   * A decision for each dataset, in order. A source that cannot be asked now is no reason to fail
   * here: its datasets are to be read, and their runs will wait or fail.
   *
   * @param subjects datasets of the source
   * @param maySkip whether unchanged tables may be left alone
   */
  public List<Decision> decide(
      SourceName source, List<Subject> subjects, @Nullable RunOptions options, boolean maySkip) {
    if (subjects.isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    Set<TableRef> tables = subjects.stream().map(Subject::table).collect(Collectors.toSet());
    TableLooks looks =
        catalog.look(source, tables) instanceof Lookup.Answer<TableLooks> answer
            ? answer.value()
            : null;
    OptionalDouble rate = states.secondsPerRow(source.value());
    boolean configured = ProfileSettings.areConfigured(options);
    List<Decision> decisions = new ArrayList<>();
    for (Subject subject : subjects) {
      TableLook look = looks == null ? null : looks.looks().get(subject.table());
      Question question =
          new Question(
              subject.dataset(),
              subject.table().kind(),
              subject.sliceEnd(),
              config(source, subject.dataset()),
              options,
              maySkip && configured);
      Knowledge known = new Knowledge(looks, look, states.lastScan(subject.dataset()), rate, now);
      decisions.add(RunPlanner.decide(question, known));
    }
    return decisions;
  }

  private DatasetConfig config(SourceName source, DatasetId dataset) {
    return configuration
        .dataset(source, dataset.schema(), dataset.table(), dataset.slice())
        .orElseGet(() -> DatasetConfig.defaults(source));
  }
}
