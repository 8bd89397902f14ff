//! Names by which documents say what they mean: of parameters, and of properties of a reply.
//!
//! They stand here in the plain form that [`is_called`] compares, in which `page-size`, `pageSize` and `PageSize` are one.
//! Only names are listed whose meaning is settled among APIs; one that means this here and that there
//! (`count`, `next` of a text, `start`) isn't.

/// The name is this plain one: in small letters, without what stands between words.
pub(super) fn is_called(name: &str, plain: &str) -> bool {
    let letters = name.chars().filter(|c| !['_', '-'].contains(c)).flat_map(char::to_lowercase);
    letters.eq(plain.chars())
}

/// The number of items before the page, where it is a number.
pub(super) const OFFSETS: [&str; 6] =
    ["offset", "skip", "$skip", "startat", "page[offset]", "sysparmoffset"];

/// The number of the page.
pub(super) const NUMBERS: [&str; 4] = ["page", "pagenumber", "page[number]", "pageno"];

/// The most items of a page.
pub(super) const SIZES: [&str; 16] = [
    "limit",
    "perpage",
    "pagesize",
    "page[size]",
    "page[limit]",
    "size",
    "count",
    "maxresults",
    "top",
    "take",
    "resultsperpage",
    "itemsperpage",
    "pagelimit",
    "maxitems",
    "$top",
    "sysparmlimit",
];

/// A cursor that the reply gives: the parameter, and where it stands in the reply.
pub(super) const CURSORS: [(&str, &[&str]); 16] = [
    (
        "cursor",
        &[
            "/responsemetadata/nextcursor",
            "/nextcursor",
            "/meta/nextcursor",
            "/metadata/nextcursor",
            "/pagination/nextcursor",
            "/pageinfo/nextcursor",
            "/paging/nextcursor",
            "/meta/links/next",
            "/cursor",
        ],
    ),
    ("nextcursor", &["/nextcursor", "/meta/nextcursor", "/pagination/nextcursor"]),
    (
        "after",
        &[
            "/paging/next/after",
            "/paging/cursors/after",
            "/meta/cursors/after",
            "/meta/nextcursor",
            "/lastid",
        ],
    ),
    ("startcursor", &["/nextcursor"]),
    ("startingafter", &["/pages/next/startingafter"]),
    ("page[cursor]", &["/meta/nextcursor", "/meta/page/nextcursor", "/meta/page/after"]),
    ("page[after]", &["/meta/aftercursor"]),
    ("pagecursor", &["/nextpagecursor"]),
    ("pagetoken", &["/nextpagetoken", "/meta/nextpagetoken", "/pagination/nextpagetoken"]),
    ("nexttoken", &["/nexttoken", "/meta/nexttoken"]),
    ("nextpagetoken", &["/nextpagetoken"]),
    ("continuationtoken", &["/continuationtoken", "/nextcontinuationtoken"]),
    ("marker", &["/nextmarker"]),
    ("nextmarker", &["/nextmarker"]),
    ("continue", &["/metadata/continue"]),
    ("offset", &["/nextpage/offset"]),
];

/// A cursor that is the id of the last item.
pub(super) const LAST_ITEMS: [&str; 2] = ["startingafter", "after"];

/// Whether there is another page.
pub(super) const MORE: [&str; 5] = [
    "/hasmore",
    "/hasnextpage",
    "/meta/hasmore",
    "/pagination/hasmore",
    "/responsemetadata/hasmore",
];

/// The address of the next page.
pub(super) const ADDRESSES: [&str; 14] = [
    "/nexturl",
    "/nextpageurl",
    "/nextpageuri",
    "/nextlink",
    "/@odata.nextlink",
    "/links/next",
    "/links/next/href",
    "/links/pages/next",
    "/nextrecordsurl",
    "/meta/nexturl",
    "/meta/nextpageurl",
    "/pagination/nexturl",
    "/pagination/nextpageurl",
    "/paging/nexturl",
];

/// The number of all items.
pub(super) const TOTALS: [&str; 14] = [
    "/total",
    "/totalcount",
    "/totalitems",
    "/totalresults",
    "/totalelements",
    "/totalrecords",
    "/page/totalelements",
    "/meta/total",
    "/meta/totalcount",
    "/metadata/totalcount",
    "/metadata/totalrecordcount",
    "/pagination/total",
    "/pagination/totalcount",
    "/paging/total",
];

/// Properties that hold a list's items, whatever the items are.
pub(super) const LISTS: [&str; 11] = [
    "data",
    "items",
    "results",
    "result",
    "values",
    "entries",
    "records",
    "elements",
    "content",
    "value",
    "resources",
];

/// Properties that are lists, and not the one that is paged.
pub(super) const BESIDE: [&str; 5] = ["errors", "warnings", "included", "facets", "sort"];

/// Words of a description that say which number the first page has.
pub(super) const FIRSTS: [(&str, u64); 16] = [
    ("0-based", 0),
    ("zero-based", 0),
    ("starts at 0", 0),
    ("starts from 0", 0),
    ("starts with 0", 0),
    ("starting at 0", 0),
    ("starting from 0", 0),
    ("first page is 0", 0),
    ("1-based", 1),
    ("one-based", 1),
    ("starts at 1", 1),
    ("starts from 1", 1),
    ("starts with 1", 1),
    ("starting at 1", 1),
    ("starting from 1", 1),
    ("first page is 1", 1),
];
