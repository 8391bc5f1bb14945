/** Statistics, each with its formula and source, free of any knowledge of profiles. */
@NullMarked
package io.profilemesh.core.statistics;

import org.jspecify.annotations.NullMarked;
