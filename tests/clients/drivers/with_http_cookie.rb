# Ruby's Net::HTTP keeps no cookies. HTTP::CookieJar does: it is asked before each request, and told after.
require "http-cookie"
require "net/http"
require "tempfile"

$stdout.sync = true

# A proxy of this machine is not for the loopback.
NO_PROXY = nil

def visit(jar, kind, uri)
  request = kind.new(uri)
  cookies = HTTP::Cookie.cookie_value(jar.cookies(uri))
  request["Cookie"] = cookies unless cookies.empty?
  response = Net::HTTP.start(uri.hostname, uri.port, NO_PROXY) { |http| http.request(request) }
  response.get_fields("Set-Cookie")&.each { |line| jar.parse(line, uri) }
  visit(jar, kind, uri + response["Location"]) if response.is_a?(Net::HTTPRedirection)
end

# The jar saves no session cookies, unless it is told to.
def restart(jar)
  Tempfile.create do |file|
    jar.save(file)
    file.rewind
    HTTP::CookieJar.new.load(file)
  end
end

while (line = gets)
  jar = HTTP::CookieJar.new
  line.split.each do |step|
    if step == "restart"
      jar = restart(jar)
    elsif step.start_with?("HEAD:")
      visit(jar, Net::HTTP::Head, URI(step.delete_prefix("HEAD:")))
    else
      visit(jar, Net::HTTP::Get, URI(step))
    end
  end
  jar.each do |cookie|
    puts "jar #{cookie.name} #{cookie.path} #{cookie.expires ? (cookie.expires - Time.now).round : "session"}"
  end
  puts "end"
end
