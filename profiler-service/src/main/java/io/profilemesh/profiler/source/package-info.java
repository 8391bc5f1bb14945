/** Sources and datasets as configured: the file, its rules, patterns, and connections. */
@NullMarked
package io.profilemesh.profiler.source;

import org.jspecify.annotations.NullMarked;
