package io.profilemesh.profiler.source;

import io.profilemesh.profiler.dialect.Capabilities;
import io.profilemesh.profiler.dialect.TableLook;
import io.profilemesh.profiler.dialect.TableRef;
import java.time.Duration;
import java.util.Map;

/**
 * Tables of a source as its metadata shows them.
 *
 * @param looks what is there of the tables asked for; empty where the engine gives no sign of
 *     changes
 * @param quietMargin time after a commit within which the source may not show it
 * @param capabilities what the source's engine can do
 */
public record TableLooks(
    Map<TableRef, TableLook> looks, Duration quietMargin, Capabilities capabilities) {

  public TableLooks {
    looks = Map.copyOf(looks);
  }
}
