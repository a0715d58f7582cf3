// Pages: htmx over plain HTML.
import "htmx.org";
