/** The demo: a shop is loaded, profiled, damaged and profiled again. */
@NullMarked
package io.profilemesh.cli.demo;

import org.jspecify.annotations.NullMarked;
