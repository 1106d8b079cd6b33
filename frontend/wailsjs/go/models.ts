export namespace app {
	
	export class About {
	    version: string;
	    platform: string;
	    go: string;
	    zone: string;
	
	    static createFrom(source: any = {}) {
	        return new About(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.version = source["version"];
	        this.platform = source["platform"];
	        this.go = source["go"];
	        this.zone = source["zone"];
	    }
	}
	export class Files {
	    token: string;
	    names: string[];
	    count: number;
	
	    static createFrom(source: any = {}) {
	        return new Files(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.token = source["token"];
	        this.names = source["names"];
	        this.count = source["count"];
	    }
	}
	export class Folder {
	    token: string;
	    path: string;
	    is_case: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Folder(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.token = source["token"];
	        this.path = source["path"];
	        this.is_case = source["is_case"];
	    }
	}
	export class ImportOptions {
	    source: model.Source;
	    profile: string;
	    format: string;
	    zone: string;
	    date_order: string;
	    encoding: string;
	    include_private: boolean;
	
	    static createFrom(source: any = {}) {
	        return new ImportOptions(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.source = this.convertValues(source["source"], model.Source);
	        this.profile = source["profile"];
	        this.format = source["format"];
	        this.zone = source["zone"];
	        this.date_order = source["date_order"];
	        this.encoding = source["encoding"];
	        this.include_private = source["include_private"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Licence {
	    name: string;
	    text: string;
	
	    static createFrom(source: any = {}) {
	        return new Licence(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.text = source["text"];
	    }
	}
	export class NewCase {
	    name: string;
	    owner: string;
	    purpose: string;
	    basis: string;
	    tlp: string;
	    yardstick: string;
	    zone: string;
	    retain_until: string;
	
	    static createFrom(source: any = {}) {
	        return new NewCase(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.owner = source["owner"];
	        this.purpose = source["purpose"];
	        this.basis = source["basis"];
	        this.tlp = source["tlp"];
	        this.yardstick = source["yardstick"];
	        this.zone = source["zone"];
	        this.retain_until = source["retain_until"];
	    }
	}
	export class RejectPage {
	    rejects: model.BatchReject[];
	    next: number;
	
	    static createFrom(source: any = {}) {
	        return new RejectPage(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.rejects = this.convertValues(source["rejects"], model.BatchReject);
	        this.next = source["next"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Settings {
	    theme: string;
	    lang: string;
	    density: string;
	    text_size: number;
	    facets_width: number;
	    detail_width: number;
	
	    static createFrom(source: any = {}) {
	        return new Settings(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.theme = source["theme"];
	        this.lang = source["lang"];
	        this.density = source["density"];
	        this.text_size = source["text_size"];
	        this.facets_width = source["facets_width"];
	        this.detail_width = source["detail_width"];
	    }
	}

}

export namespace model {
	
	export class AlertReason {
	    code: string;
	    values?: Record<string, string>;
	
	    static createFrom(source: any = {}) {
	        return new AlertReason(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.code = source["code"];
	        this.values = source["values"];
	    }
	}
	export class Alert {
	    id: string;
	    series: string;
	    label: string;
	    start: number;
	    peak: number;
	    end: number;
	    score: number;
	    observed: number;
	    expected: number;
	    posts: number;
	    reasons: AlertReason[];
	    post_ids: string[];
	
	    static createFrom(source: any = {}) {
	        return new Alert(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.series = source["series"];
	        this.label = source["label"];
	        this.start = source["start"];
	        this.peak = source["peak"];
	        this.end = source["end"];
	        this.score = source["score"];
	        this.observed = source["observed"];
	        this.expected = source["expected"];
	        this.posts = source["posts"];
	        this.reasons = this.convertValues(source["reasons"], AlertReason);
	        this.post_ids = source["post_ids"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class Count {
	
	
	    static createFrom(source: any = {}) {
	        return new Count(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	
	    }
	}
	export class AuthorView {
	    id?: string;
	    handle?: string;
	    name?: string;
	    // Go type: Count
	    followers: any;
	
	    static createFrom(source: any = {}) {
	        return new AuthorView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.handle = source["handle"];
	        this.name = source["name"];
	        this.followers = this.convertValues(source["followers"], null);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Source {
	    name?: string;
	    reliability: string;
	    mode: string;
	    authority?: string;
	    url?: string;
	
	    static createFrom(source: any = {}) {
	        return new Source(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.reliability = source["reliability"];
	        this.mode = source["mode"];
	        this.authority = source["authority"];
	        this.url = source["url"];
	    }
	}
	export class Batch {
	    id: number;
	    state: string;
	    file: string;
	    sha256?: string;
	    format?: string;
	    version?: string;
	    profile?: string;
	    options?: string;
	    source: Source;
	    // Go type: time
	    started: any;
	    // Go type: time
	    finished: any;
	    read: number;
	    accepted: number;
	    duplicate: number;
	    rejected: number;
	    reasons?: Record<string, number>;
	    unknown_fields?: Record<string, number>;
	    assumed?: Record<string, string>;
	    error?: string;
	    withdrawn?: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Batch(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.state = source["state"];
	        this.file = source["file"];
	        this.sha256 = source["sha256"];
	        this.format = source["format"];
	        this.version = source["version"];
	        this.profile = source["profile"];
	        this.options = source["options"];
	        this.source = this.convertValues(source["source"], Source);
	        this.started = this.convertValues(source["started"], null);
	        this.finished = this.convertValues(source["finished"], null);
	        this.read = source["read"];
	        this.accepted = source["accepted"];
	        this.duplicate = source["duplicate"];
	        this.rejected = source["rejected"];
	        this.reasons = source["reasons"];
	        this.unknown_fields = source["unknown_fields"];
	        this.assumed = source["assumed"];
	        this.error = source["error"];
	        this.withdrawn = source["withdrawn"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Locator {
	    container: string;
	    member?: string;
	    offset: number;
	    length: number;
	    row: number;
	    item?: string;
	
	    static createFrom(source: any = {}) {
	        return new Locator(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.container = source["container"];
	        this.member = source["member"];
	        this.offset = source["offset"];
	        this.length = source["length"];
	        this.row = source["row"];
	        this.item = source["item"];
	    }
	}
	export class BatchReject {
	    batch: number;
	    seq: number;
	    file: string;
	    locator: Locator;
	    code: string;
	    reason: string;
	
	    static createFrom(source: any = {}) {
	        return new BatchReject(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.batch = source["batch"];
	        this.seq = source["seq"];
	        this.file = source["file"];
	        this.locator = this.convertValues(source["locator"], Locator);
	        this.code = source["code"];
	        this.reason = source["reason"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class CaseMeta {
	    id: string;
	    name: string;
	    owner: string;
	    purpose: string;
	    basis?: string;
	    tlp: string;
	    yardstick: string;
	    zone: string;
	    retain_until?: string;
	    training?: boolean;
	    // Go type: time
	    created: any;
	
	    static createFrom(source: any = {}) {
	        return new CaseMeta(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.owner = source["owner"];
	        this.purpose = source["purpose"];
	        this.basis = source["basis"];
	        this.tlp = source["tlp"];
	        this.yardstick = source["yardstick"];
	        this.zone = source["zone"];
	        this.retain_until = source["retain_until"];
	        this.training = source["training"];
	        this.created = this.convertValues(source["created"], null);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Collector {
	    id: string;
	    type: string;
	    url: string;
	    name?: string;
	    source: Source;
	    every_minutes?: number;
	    etag?: string;
	    last_modified?: string;
	    // Go type: time
	    last_run: any;
	    // Go type: time
	    not_before: any;
	    last_error?: string;
	    // Go type: time
	    created: any;
	
	    static createFrom(source: any = {}) {
	        return new Collector(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.type = source["type"];
	        this.url = source["url"];
	        this.name = source["name"];
	        this.source = this.convertValues(source["source"], Source);
	        this.every_minutes = source["every_minutes"];
	        this.etag = source["etag"];
	        this.last_modified = source["last_modified"];
	        this.last_run = this.convertValues(source["last_run"], null);
	        this.not_before = this.convertValues(source["not_before"], null);
	        this.last_error = source["last_error"];
	        this.created = this.convertValues(source["created"], null);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Counts {
	    // Go type: Count
	    likes: any;
	    // Go type: Count
	    comments: any;
	    // Go type: Count
	    shares: any;
	    // Go type: Count
	    views: any;
	
	    static createFrom(source: any = {}) {
	        return new Counts(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.likes = this.convertValues(source["likes"], null);
	        this.comments = this.convertValues(source["comments"], null);
	        this.shares = this.convertValues(source["shares"], null);
	        this.views = this.convertValues(source["views"], null);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class EnrichedLink {
	    url: string;
	    domain: string;
	
	    static createFrom(source: any = {}) {
	        return new EnrichedLink(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.url = source["url"];
	        this.domain = source["domain"];
	    }
	}
	export class Instant {
	    // Go type: time
	    time: any;
	    original?: string;
	    zone?: string;
	
	    static createFrom(source: any = {}) {
	        return new Instant(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.time = this.convertValues(source["time"], null);
	        this.original = source["original"];
	        this.zone = source["zone"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class Marks {
	    starred?: boolean;
	    labels?: string[];
	    note?: string;
	    grade?: string;
	
	    static createFrom(source: any = {}) {
	        return new Marks(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.starred = source["starred"];
	        this.labels = source["labels"];
	        this.note = source["note"];
	        this.grade = source["grade"];
	    }
	}
	export class Media {
	    type: string;
	    url?: string;
	    alt?: string;
	    sha256?: string;
	    phash?: string;
	
	    static createFrom(source: any = {}) {
	        return new Media(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.type = source["type"];
	        this.url = source["url"];
	        this.alt = source["alt"];
	        this.sha256 = source["sha256"];
	        this.phash = source["phash"];
	    }
	}
	export class Metric {
	    at: Instant;
	    counts: Counts;
	
	    static createFrom(source: any = {}) {
	        return new Metric(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.at = this.convertValues(source["at"], Instant);
	        this.counts = this.convertValues(source["counts"], Counts);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Place {
	    name?: string;
	    country?: string;
	    lat: number;
	    lon: number;
	    has_point?: boolean;
	    provenance?: string;
	
	    static createFrom(source: any = {}) {
	        return new Place(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.country = source["country"];
	        this.lat = source["lat"];
	        this.lon = source["lon"];
	        this.has_point = source["has_point"];
	        this.provenance = source["provenance"];
	    }
	}
	export class WordReason {
	    word: string;
	    weight: number;
	    start: number;
	    end: number;
	
	    static createFrom(source: any = {}) {
	        return new WordReason(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.word = source["word"];
	        this.weight = source["weight"];
	        this.start = source["start"];
	        this.end = source["end"];
	    }
	}
	export class Refs {
	    reply_to?: string;
	    repost_of?: string;
	    quote_of?: string;
	    thread?: string;
	
	    static createFrom(source: any = {}) {
	        return new Refs(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.reply_to = source["reply_to"];
	        this.repost_of = source["repost_of"];
	        this.quote_of = source["quote_of"];
	        this.thread = source["thread"];
	    }
	}
	export class PostView {
	    id: string;
	    uid: string;
	    platform: string;
	    type: string;
	    kind: string;
	    author: AuthorView;
	    title?: string;
	    text: string;
	    lang: string;
	    created_at?: string;
	    created_original?: string;
	    zone?: string;
	    edited_at?: string;
	    url?: string;
	    counts: Counts;
	    refs: Refs;
	    hashtags?: string[];
	    mentions?: string[];
	    links?: EnrichedLink[];
	    media?: Media[];
	    place?: Place;
	    visibility: string;
	    platform_lang?: string;
	    lang_confidence: number;
	    polarity: string;
	    sentiment?: number;
	    sentiment_words?: WordReason[];
	    enrich_version?: string;
	    marks: Marks;
	    source?: string;
	    mode: string;
	    sightings: number;
	    sha256: string;
	    locator: Locator;
	
	    static createFrom(source: any = {}) {
	        return new PostView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.uid = source["uid"];
	        this.platform = source["platform"];
	        this.type = source["type"];
	        this.kind = source["kind"];
	        this.author = this.convertValues(source["author"], AuthorView);
	        this.title = source["title"];
	        this.text = source["text"];
	        this.lang = source["lang"];
	        this.created_at = source["created_at"];
	        this.created_original = source["created_original"];
	        this.zone = source["zone"];
	        this.edited_at = source["edited_at"];
	        this.url = source["url"];
	        this.counts = this.convertValues(source["counts"], Counts);
	        this.refs = this.convertValues(source["refs"], Refs);
	        this.hashtags = source["hashtags"];
	        this.mentions = source["mentions"];
	        this.links = this.convertValues(source["links"], EnrichedLink);
	        this.media = this.convertValues(source["media"], Media);
	        this.place = this.convertValues(source["place"], Place);
	        this.visibility = source["visibility"];
	        this.platform_lang = source["platform_lang"];
	        this.lang_confidence = source["lang_confidence"];
	        this.polarity = source["polarity"];
	        this.sentiment = source["sentiment"];
	        this.sentiment_words = this.convertValues(source["sentiment_words"], WordReason);
	        this.enrich_version = source["enrich_version"];
	        this.marks = this.convertValues(source["marks"], Marks);
	        this.source = source["source"];
	        this.mode = source["mode"];
	        this.sightings = source["sightings"];
	        this.sha256 = source["sha256"];
	        this.locator = this.convertValues(source["locator"], Locator);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class Reject {
	    code: string;
	    reason: string;
	
	    static createFrom(source: any = {}) {
	        return new Reject(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.code = source["code"];
	        this.reason = source["reason"];
	    }
	}
	export class Request {
	    id: number;
	    // Go type: time
	    at: any;
	    collector?: string;
	    method: string;
	    url: string;
	    final_url?: string;
	    status?: number;
	    bytes: number;
	    sha256?: string;
	    duration_ms: number;
	    error?: string;
	    address?: string;
	    robots?: string;
	
	    static createFrom(source: any = {}) {
	        return new Request(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.at = this.convertValues(source["at"], null);
	        this.collector = source["collector"];
	        this.method = source["method"];
	        this.url = source["url"];
	        this.final_url = source["final_url"];
	        this.status = source["status"];
	        this.bytes = source["bytes"];
	        this.sha256 = source["sha256"];
	        this.duration_ms = source["duration_ms"];
	        this.error = source["error"];
	        this.address = source["address"];
	        this.robots = source["robots"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Selection {
	    query?: string;
	    include?: Record<string, Array<string>>;
	    exclude?: Record<string, Array<string>>;
	    // Go type: time
	    from: any;
	    // Go type: time
	    to: any;
	    subject?: string;
	
	    static createFrom(source: any = {}) {
	        return new Selection(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.query = source["query"];
	        this.include = source["include"];
	        this.exclude = source["exclude"];
	        this.from = this.convertValues(source["from"], null);
	        this.to = this.convertValues(source["to"], null);
	        this.subject = source["subject"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class RunSpec {
	    kind: string;
	    params?: Record<string, string>;
	    selection: Selection;
	
	    static createFrom(source: any = {}) {
	        return new RunSpec(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.params = source["params"];
	        this.selection = this.convertValues(source["selection"], Selection);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Run {
	    id: number;
	    spec: RunSpec;
	    engine: string;
	    posts: number;
	    fingerprint: string;
	    log_index: number;
	    result_hash: string;
	    // Go type: time
	    at: any;
	
	    static createFrom(source: any = {}) {
	        return new Run(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.spec = this.convertValues(source["spec"], RunSpec);
	        this.engine = source["engine"];
	        this.posts = source["posts"];
	        this.fingerprint = source["fingerprint"];
	        this.log_index = source["log_index"];
	        this.result_hash = source["result_hash"];
	        this.at = this.convertValues(source["at"], null);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class SavedSearch {
	    id: string;
	    name: string;
	    selection: Selection;
	
	    static createFrom(source: any = {}) {
	        return new SavedSearch(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.selection = this.convertValues(source["selection"], Selection);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	export class Subject {
	    id: string;
	    name: string;
	    type: string;
	    query: string;
	    competitor?: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Subject(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.type = source["type"];
	        this.query = source["query"];
	        this.competitor = source["competitor"];
	    }
	}

}

export namespace table {
	
	export class Example {
	    row: number;
	    cell: string;
	    read: string;
	
	    static createFrom(source: any = {}) {
	        return new Example(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.row = source["row"];
	        this.cell = source["cell"];
	        this.read = source["read"];
	    }
	}
	export class Problem {
	    code: string;
	    message: string;
	    rows?: number[];
	
	    static createFrom(source: any = {}) {
	        return new Problem(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.code = source["code"];
	        this.message = source["message"];
	        this.rows = source["rows"];
	    }
	}
	export class FieldCheck {
	    field: string;
	    columns: string[];
	    filled: number;
	    empty: number;
	    unread: number;
	    examples: Example[];
	    problems: Problem[];
	
	    static createFrom(source: any = {}) {
	        return new FieldCheck(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.field = source["field"];
	        this.columns = source["columns"];
	        this.filled = source["filled"];
	        this.empty = source["empty"];
	        this.unread = source["unread"];
	        this.examples = this.convertValues(source["examples"], Example);
	        this.problems = this.convertValues(source["problems"], Problem);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class Suggestion {
	    field: string;
	    column: string;
	    code: string;
	    reason: string;
	    confidence: number;
	    warnings: Problem[];
	
	    static createFrom(source: any = {}) {
	        return new Suggestion(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.field = source["field"];
	        this.column = source["column"];
	        this.code = source["code"];
	        this.reason = source["reason"];
	        this.confidence = source["confidence"];
	        this.warnings = this.convertValues(source["warnings"], Problem);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}

}

export namespace workspace {
	
	export class Act {
	    id: number;
	    code: string;
	    params?: Record<string, string>;
	    // Go type: time
	    at: any;
	    undone?: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Act(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.code = source["code"];
	        this.params = source["params"];
	        this.at = this.convertValues(source["at"], null);
	        this.undone = source["undone"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ActHistory {
	    acts: Act[];
	    undo?: Act;
	    redo?: Act;
	
	    static createFrom(source: any = {}) {
	        return new ActHistory(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.acts = this.convertValues(source["acts"], Act);
	        this.undo = this.convertValues(source["undo"], Act);
	        this.redo = this.convertValues(source["redo"], Act);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Refinement {
	    // Go type: time
	    from: any;
	    // Go type: time
	    to: any;
	    include?: Record<string, Array<string>>;
	    exclude?: Record<string, Array<string>>;
	    subject?: string;
	
	    static createFrom(source: any = {}) {
	        return new Refinement(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.from = this.convertValues(source["from"], null);
	        this.to = this.convertValues(source["to"], null);
	        this.include = source["include"];
	        this.exclude = source["exclude"];
	        this.subject = source["subject"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class AlertSeen {
	    name: string;
	    alert: model.Alert;
	    posts?: Refinement;
	
	    static createFrom(source: any = {}) {
	        return new AlertSeen(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.alert = this.convertValues(source["alert"], model.Alert);
	        this.posts = this.convertValues(source["posts"], Refinement);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class AlertCard {
	    number: number;
	    name: string;
	    lead: model.Alert;
	    others: AlertSeen[];
	    posts?: Refinement;
	
	    static createFrom(source: any = {}) {
	        return new AlertCard(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.number = source["number"];
	        this.name = source["name"];
	        this.lead = this.convertValues(source["lead"], model.Alert);
	        this.others = this.convertValues(source["others"], AlertSeen);
	        this.posts = this.convertValues(source["posts"], Refinement);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class AlertSummary {
	    unit: string;
	    threshold: number;
	    series: number;
	    too_short: string[];
	    cards: AlertCard[];
	
	    static createFrom(source: any = {}) {
	        return new AlertSummary(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.unit = source["unit"];
	        this.threshold = source["threshold"];
	        this.series = source["series"];
	        this.too_short = source["too_short"];
	        this.cards = this.convertValues(source["cards"], AlertCard);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class CustodyHead {
	    size: number;
	    root: string;
	    head: string;
	
	    static createFrom(source: any = {}) {
	        return new CustodyHead(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.size = source["size"];
	        this.root = source["root"];
	        this.head = source["head"];
	    }
	}
	export class CustodyRow {
	    index: number;
	    // Go type: time
	    at: any;
	    actor: string;
	    action: string;
	    object: string;
	    hash: string;
	
	    static createFrom(source: any = {}) {
	        return new CustodyRow(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.index = source["index"];
	        this.at = this.convertValues(source["at"], null);
	        this.actor = source["actor"];
	        this.action = source["action"];
	        this.object = source["object"];
	        this.hash = source["hash"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class DateReadings {
	    text: string;
	    dmy: string;
	    mdy: string;
	
	    static createFrom(source: any = {}) {
	        return new DateReadings(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.text = source["text"];
	        this.dmy = source["dmy"];
	        this.mdy = source["mdy"];
	    }
	}
	export class NearProfile {
	    name: string;
	    added: string[];
	    missing: string[];
	    needed: boolean;
	
	    static createFrom(source: any = {}) {
	        return new NearProfile(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.added = source["added"];
	        this.missing = source["missing"];
	        this.needed = source["needed"];
	    }
	}
	export class Tried {
	    format: string;
	    score: number;
	    why: string;
	
	    static createFrom(source: any = {}) {
	        return new Tried(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.format = source["format"];
	        this.score = source["score"];
	        this.why = source["why"];
	    }
	}
	export class FileInspection {
	    file: string;
	    size: number;
	    format: string;
	    version: string;
	    profile: string;
	    confidence: number;
	    why: string;
	    code: string;
	    reason: string;
	    columns: string[];
	    tried: Tried[];
	    posts: model.PostView[];
	    rejects: model.Reject[];
	    read: number;
	    rejected: number;
	    records: number;
	    exact: boolean;
	    unknown_fields: Record<string, number>;
	    assumed: Record<string, string>;
	    kinds: Record<string, number>;
	    visibility: Record<string, number>;
	    first: string;
	    last: string;
	    dates?: DateReadings;
	    near?: NearProfile;
	
	    static createFrom(source: any = {}) {
	        return new FileInspection(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.file = source["file"];
	        this.size = source["size"];
	        this.format = source["format"];
	        this.version = source["version"];
	        this.profile = source["profile"];
	        this.confidence = source["confidence"];
	        this.why = source["why"];
	        this.code = source["code"];
	        this.reason = source["reason"];
	        this.columns = source["columns"];
	        this.tried = this.convertValues(source["tried"], Tried);
	        this.posts = this.convertValues(source["posts"], model.PostView);
	        this.rejects = this.convertValues(source["rejects"], model.Reject);
	        this.read = source["read"];
	        this.rejected = source["rejected"];
	        this.records = source["records"];
	        this.exact = source["exact"];
	        this.unknown_fields = source["unknown_fields"];
	        this.assumed = source["assumed"];
	        this.kinds = source["kinds"];
	        this.visibility = source["visibility"];
	        this.first = source["first"];
	        this.last = source["last"];
	        this.dates = this.convertValues(source["dates"], DateReadings);
	        this.near = this.convertValues(source["near"], NearProfile);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class FormatGroup {
	    format: string;
	    files: number;
	    looked: number;
	    bytes: number;
	    records: number;
	
	    static createFrom(source: any = {}) {
	        return new FormatGroup(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.format = source["format"];
	        this.files = source["files"];
	        this.looked = source["looked"];
	        this.bytes = source["bytes"];
	        this.records = source["records"];
	    }
	}
	export class Info {
	    meta: model.CaseMeta;
	    dir: string;
	    read_only: boolean;
	    encrypted: boolean;
	    posts: number;
	    accounts: number;
	    batches: number;
	    bytes: number;
	    by_platform: Record<string, number>;
	    by_type: Record<string, number>;
	    by_lang: Record<string, number>;
	    custody: CustodyHead;
	    indexed: number;
	    interrupted: number;
	
	    static createFrom(source: any = {}) {
	        return new Info(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.meta = this.convertValues(source["meta"], model.CaseMeta);
	        this.dir = source["dir"];
	        this.read_only = source["read_only"];
	        this.encrypted = source["encrypted"];
	        this.posts = source["posts"];
	        this.accounts = source["accounts"];
	        this.batches = source["batches"];
	        this.bytes = source["bytes"];
	        this.by_platform = source["by_platform"];
	        this.by_type = source["by_type"];
	        this.by_lang = source["by_lang"];
	        this.custody = this.convertValues(source["custody"], CustodyHead);
	        this.indexed = source["indexed"];
	        this.interrupted = source["interrupted"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class RefusedGroup {
	    code: string;
	    reason: string;
	    files: number;
	    file: string;
	
	    static createFrom(source: any = {}) {
	        return new RefusedGroup(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.code = source["code"];
	        this.reason = source["reason"];
	        this.files = source["files"];
	        this.file = source["file"];
	    }
	}
	export class Overview {
	    files: number;
	    bytes: number;
	    records: number;
	    read: number;
	    rejected: number;
	    exact: boolean;
	    formats: FormatGroup[];
	    refused: RefusedGroup[];
	    kinds: Record<string, number>;
	    visibility: Record<string, number>;
	    first: string;
	    last: string;
	
	    static createFrom(source: any = {}) {
	        return new Overview(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.files = source["files"];
	        this.bytes = source["bytes"];
	        this.records = source["records"];
	        this.read = source["read"];
	        this.rejected = source["rejected"];
	        this.exact = source["exact"];
	        this.formats = this.convertValues(source["formats"], FormatGroup);
	        this.refused = this.convertValues(source["refused"], RefusedGroup);
	        this.kinds = source["kinds"];
	        this.visibility = source["visibility"];
	        this.first = source["first"];
	        this.last = source["last"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class SkippedFile {
	    file: string;
	    code: string;
	    reason: string;
	
	    static createFrom(source: any = {}) {
	        return new SkippedFile(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.file = source["file"];
	        this.code = source["code"];
	        this.reason = source["reason"];
	    }
	}
	export class Inspection {
	    files: FileInspection[];
	    skipped: SkippedFile[];
	    more: number;
	    overview: Overview;
	
	    static createFrom(source: any = {}) {
	        return new Inspection(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.files = this.convertValues(source["files"], FileInspection);
	        this.skipped = this.convertValues(source["skipped"], SkippedFile);
	        this.more = source["more"];
	        this.overview = this.convertValues(source["overview"], Overview);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Progress {
	    job: string;
	    stage: string;
	    object?: string;
	    done: number;
	    total: number;
	    unit: string;
	    rate: number;
	    seconds_left: number;
	
	    static createFrom(source: any = {}) {
	        return new Progress(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.job = source["job"];
	        this.stage = source["stage"];
	        this.object = source["object"];
	        this.done = source["done"];
	        this.total = source["total"];
	        this.unit = source["unit"];
	        this.rate = source["rate"];
	        this.seconds_left = source["seconds_left"];
	    }
	}
	export class Job {
	    id: string;
	    kind: string;
	    label: string;
	    state: string;
	    // Go type: time
	    created: any;
	    // Go type: time
	    started: any;
	    // Go type: time
	    finished: any;
	    progress?: Progress;
	    code?: string;
	    message?: string;
	    params?: Record<string, string>;
	    result?: any;
	    resumable: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Job(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.kind = source["kind"];
	        this.label = source["label"];
	        this.state = source["state"];
	        this.created = this.convertValues(source["created"], null);
	        this.started = this.convertValues(source["started"], null);
	        this.finished = this.convertValues(source["finished"], null);
	        this.progress = this.convertValues(source["progress"], Progress);
	        this.code = source["code"];
	        this.message = source["message"];
	        this.params = source["params"];
	        this.result = source["result"];
	        this.resumable = source["resumable"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ManualPost {
	    text: string;
	    url: string;
	    author?: string;
	    time?: string;
	    zone?: string;
	    platform?: string;
	    type?: string;
	    source: model.Source;
	
	    static createFrom(source: any = {}) {
	        return new ManualPost(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.text = source["text"];
	        this.url = source["url"];
	        this.author = source["author"];
	        this.time = source["time"];
	        this.zone = source["zone"];
	        this.platform = source["platform"];
	        this.type = source["type"];
	        this.source = this.convertValues(source["source"], model.Source);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class MarkChange {
	    star?: boolean;
	    add_labels?: string[];
	    remove_labels?: string[];
	    note?: string;
	    grade?: string;
	
	    static createFrom(source: any = {}) {
	        return new MarkChange(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.star = source["star"];
	        this.add_labels = source["add_labels"];
	        this.remove_labels = source["remove_labels"];
	        this.note = source["note"];
	        this.grade = source["grade"];
	    }
	}
	
	
	export class Table {
	    header: string[];
	    rows: any[][];
	
	    static createFrom(source: any = {}) {
	        return new Table(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.header = source["header"];
	        this.rows = source["rows"];
	    }
	}
	export class Panel {
	    kind: string;
	    title: string;
	    subtitle: string;
	    empty: boolean;
	    distinct: number;
	    option: any;
	    points: Refinement[][];
	    table: Table;
	
	    static createFrom(source: any = {}) {
	        return new Panel(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.title = source["title"];
	        this.subtitle = source["subtitle"];
	        this.empty = source["empty"];
	        this.distinct = source["distinct"];
	        this.option = source["option"];
	        this.points = this.convertValues(source["points"], Refinement);
	        this.table = this.convertValues(source["table"], Table);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class PostVersion {
	    title?: string;
	    text: string;
	    url?: string;
	    edited_at?: string;
	    changed: string[];
	
	    static createFrom(source: any = {}) {
	        return new PostVersion(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.title = source["title"];
	        this.text = source["text"];
	        this.url = source["url"];
	        this.edited_at = source["edited_at"];
	        this.changed = source["changed"];
	    }
	}
	export class SightingDetail {
	    id: number;
	    post_id: number;
	    batch: number;
	    seq: number;
	    locator: model.Locator;
	    sha256: string;
	    seen_at: model.Instant;
	    counts: model.Counts;
	    differs?: boolean;
	    manual?: boolean;
	    log_index: number;
	    file: string;
	    format: string;
	    source: model.Source;
	    custody: CustodyRow;
	    version?: PostVersion;
	
	    static createFrom(source: any = {}) {
	        return new SightingDetail(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.post_id = source["post_id"];
	        this.batch = source["batch"];
	        this.seq = source["seq"];
	        this.locator = this.convertValues(source["locator"], model.Locator);
	        this.sha256 = source["sha256"];
	        this.seen_at = this.convertValues(source["seen_at"], model.Instant);
	        this.counts = this.convertValues(source["counts"], model.Counts);
	        this.differs = source["differs"];
	        this.manual = source["manual"];
	        this.log_index = source["log_index"];
	        this.file = source["file"];
	        this.format = source["format"];
	        this.source = this.convertValues(source["source"], model.Source);
	        this.custody = this.convertValues(source["custody"], CustodyRow);
	        this.version = this.convertValues(source["version"], PostVersion);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class PostDetail {
	    post: model.PostView;
	    thread: model.PostView[];
	    metrics: model.Metric[];
	    sightings: SightingDetail[];
	
	    static createFrom(source: any = {}) {
	        return new PostDetail(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.post = this.convertValues(source["post"], model.PostView);
	        this.thread = this.convertValues(source["thread"], model.PostView);
	        this.metrics = this.convertValues(source["metrics"], model.Metric);
	        this.sightings = this.convertValues(source["sightings"], SightingDetail);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class TableColumn {
	    name: string;
	    samples: string[];
	    filled: number;
	
	    static createFrom(source: any = {}) {
	        return new TableColumn(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.samples = source["samples"];
	        this.filled = source["filled"];
	    }
	}
	export class ProfileGuess {
	    file: string;
	    container: string;
	    rows: number;
	    columns: TableColumn[];
	    profile: number[];
	    reasons: table.Suggestion[];
	    near?: NearProfile;
	
	    static createFrom(source: any = {}) {
	        return new ProfileGuess(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.file = source["file"];
	        this.container = source["container"];
	        this.rows = source["rows"];
	        this.columns = this.convertValues(source["columns"], TableColumn);
	        this.profile = source["profile"];
	        this.reasons = this.convertValues(source["reasons"], table.Suggestion);
	        this.near = this.convertValues(source["near"], NearProfile);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ProfileTrial {
	    rows: number;
	    accepted: number;
	    rejects: model.Reject[];
	    fields: table.FieldCheck[];
	    unmapped: string[];
	    posts: model.PostView[];
	    dates?: DateReadings;
	
	    static createFrom(source: any = {}) {
	        return new ProfileTrial(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.rows = source["rows"];
	        this.accepted = source["accepted"];
	        this.rejects = this.convertValues(source["rejects"], model.Reject);
	        this.fields = this.convertValues(source["fields"], table.FieldCheck);
	        this.unmapped = source["unmapped"];
	        this.posts = this.convertValues(source["posts"], model.PostView);
	        this.dates = this.convertValues(source["dates"], DateReadings);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class RecentCase {
	    id: string;
	    name: string;
	    owner: string;
	    dir: string;
	    // Go type: time
	    opened: any;
	    exists: boolean;
	
	    static createFrom(source: any = {}) {
	        return new RecentCase(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.owner = source["owner"];
	        this.dir = source["dir"];
	        this.opened = this.convertValues(source["opened"], null);
	        this.exists = source["exists"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	export class ReportRequest {
	    title?: string;
	    lang: string;
	    tlp?: string;
	    selection: model.Selection;
	
	    static createFrom(source: any = {}) {
	        return new ReportRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.title = source["title"];
	        this.lang = source["lang"];
	        this.tlp = source["tlp"];
	        this.selection = this.convertValues(source["selection"], model.Selection);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class SavedProfile {
	    name: string;
	    label: string;
	    note: string;
	    platform: string;
	    file: string;
	    columns: string[];
	    fields: string[];
	    problem: string;
	
	    static createFrom(source: any = {}) {
	        return new SavedProfile(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.label = source["label"];
	        this.note = source["note"];
	        this.platform = source["platform"];
	        this.file = source["file"];
	        this.columns = source["columns"];
	        this.fields = source["fields"];
	        this.problem = source["problem"];
	    }
	}
	
	export class Situation {
	    posts: number;
	    unindexed: number;
	    private: number;
	    lang: string;
	    panels: Panel[];
	    alerts: AlertSummary;
	
	    static createFrom(source: any = {}) {
	        return new Situation(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.posts = source["posts"];
	        this.unindexed = source["unindexed"];
	        this.private = source["private"];
	        this.lang = source["lang"];
	        this.panels = this.convertValues(source["panels"], Panel);
	        this.alerts = this.convertValues(source["alerts"], AlertSummary);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	

}

