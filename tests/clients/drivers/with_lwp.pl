# LWP: HTTP::Cookies keeps the cookies. What it saves are not the session cookies.
use strict;
use warnings;
use File::Temp;
use HTTP::Cookies;
use LWP::UserAgent;

$| = 1;
while (my $line = <STDIN>) {
    my $file = File::Temp->new;
    my $jar = HTTP::Cookies->new;
    my $client = LWP::UserAgent->new(cookie_jar => $jar);
    for my $step (split ' ', $line) {
        if ($step eq 'restart') {
            $jar->save($file->filename);
            $jar = HTTP::Cookies->new(file => $file->filename);
            $client->cookie_jar($jar);
        } elsif ($step =~ s/^HEAD://) {
            $client->head($step);
        } else {
            $client->get($step);
        }
    }
    $jar->scan(sub {
        my (undef, $name, undef, $path, undef, undef, undef, undef, $expires) = @_;
        print "jar $name $path ", defined $expires ? $expires - time : 'session', "\n";
    });
    print "end\n";
}
